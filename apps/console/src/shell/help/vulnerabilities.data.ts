import type { HelpPage } from "@rampart/ui/help-panel";

const severityWords = [
  "Severity",
  "The grade of the vendor of the package where there is one, else the one that follows from the CVSS score. Unrated ranks below low.",
] as const;
const riskWords = [
  "Risk",
  "0 to 100, from severity, known exploits, the chance of exploitation (EPSS) and how the flaw is reached. The preview of a finding lists the terms.",
] as const;
const stateWords = [
  "State",
  "What the vendor says: fixed, affected, pending (a fix is on its way or being looked into), will-not-fix. Filter with state:pending.",
] as const;
const useWords = [
  "In use",
  "A process was seen that runs a file of the package, has it loaded or open, or runs the application that it was installed for. Not seen: Defenders have looked, and none was, for five weeks. Unknown: nobody has looked at a running container of the image.",
] as const;
const partialWords = [
  "Partial",
  "Packages may be missing, or no advisories exist for the distribution. No findings then does not mean no flaws.",
] as const;

export const vulnerabilitiesHelp: Readonly<Record<string, HelpPage>> = {
  "/vulnerabilities/explorer": {
    title: "Vulnerability explorer",
    shows: "Every CVE that some resource of the project has, ranked by risk, with the number of resources it touches.",
    numbers: [
      [
        "From all to urgent",
        "Distinct CVEs: all; of those critical or high; of those with a fix; of those exploited in the wild.",
      ],
      severityWords,
      riskWords,
    ],
    first: [
      "Filter by severity:high fix:yes exploited:yes: these are fixed by an update and attacked today.",
      "Open a CVE to see which images and hosts have it, and in which package.",
    ],
    api: ["GET /api/v1/stats/vulnerabilities"],
  },
  "/vulnerabilities/explorer/[id]": {
    title: "One CVE",
    shows:
      "What is known about the CVE and every resource of the project that has it, with the package that brings it and the version that mends it.",
    numbers: [
      ["EPSS", "Chance, as FIRST estimates it daily, that the flaw is exploited somewhere within 30 days."],
      ["Exploited in the wild", "The CVE stands in the catalogue of known exploited vulnerabilities of CISA."],
    ],
    first: [
      "Look at “Fixed in”: one package update often mends many resources.",
      "Open a resource for its other findings.",
    ],
    api: ["GET /api/v1/stats/vulnerabilities/impacted-resources?cve=…"],
  },
  "/vulnerabilities/images": {
    title: "Images and their findings",
    shows:
      "The images that hosts of the project hold, worst first, with what the vulnerability policy says about each.",
    numbers: [
      ["Findings", "One per CVE and package of the image. The numbers lead to the list they count."],
      ["Policy", "The worst effect that the deciding rule has on any finding of the image."],
      partialWords,
    ],
    first: [
      "Filter by severity:critical fix:yes.",
      "Walk through the rows with the arrow keys; the space bar opens a preview beside them.",
    ],
    api: ["GET /api/v1/images"],
  },
  "/vulnerabilities/images/[id]": {
    title: "One image",
    shows:
      "The findings of the image with their layer, its packages, labels, where it runs, and what the policy said about it over time.",
    numbers: [
      severityWords,
      stateWords,
      riskWords,
      [
        "Layer",
        "Counted from the base. A flaw in a low layer is mended by a newer base image, one in a high layer by your own build.",
      ],
      useWords,
    ],
    first: [
      "Filter by fix:yes and look at “Fixed in”.",
      "Filter by use:used severity:critical: flaws of what really runs come first. The preview names the process.",
      "Open Packages and filter by use:used to see what its containers run.",
      "Open the preview of a finding: “Why is this a finding?” lists every record with the comparison that led to it.",
      "Type the id of a flaw that is not listed: instead of an empty table you read why it is no finding here.",
    ],
    api: ["GET /api/v1/images?id=…", "GET /api/v1/sbom/download/images?id=…&sbomFormat=spdx-json"],
  },
  "/vulnerabilities/hosts": {
    title: "Hosts and their findings",
    shows:
      "The hosts of the project, worst first, with the flaws of the packages installed on the host itself. Flaws of images are counted with the images.",
    numbers: [["Findings", "One per CVE and package of the host."], partialWords],
    first: ["Filter by severity:critical fix:yes.", "Open a host; its updates usually mend many findings at once."],
    api: ["GET /api/v1/hosts"],
  },
  "/vulnerabilities/hosts/[id]": {
    title: "One host",
    shows: "The findings of the packages installed on the host, its packages, its machine, labels and history.",
    numbers: [severityWords, stateWords, riskWords, useWords],
    first: [
      "Filter by fix:yes and update those packages.",
      "Type the id of a flaw that is not listed, and read why it is no finding here.",
      "Open “Its Defender” when the data looks old.",
    ],
    api: ["GET /api/v1/hosts?hostname=…", "GET /api/v1/sbom/download/hosts?id=…&sbomFormat=spdx-json"],
  },
  "/vulnerabilities/policy": {
    title: "Vulnerability policy",
    shows:
      "Ordered rules. The first rule whose scope fits a resource decides about all of its findings; later rules are not asked.",
    numbers: [
      [
        "Hits",
        "Violations that the rule recorded in the last 30 days. A violation is recorded once per finding and rule.",
      ],
      ["Never decides", "An earlier rule fits everything that this one fits, so this one is never asked."],
      [
        "Draft",
        "What the changed rules would decide about today’s findings, worked out by the code that decides for real.",
      ],
    ],
    first: [
      "Change a rule or add one: nothing is in force before it is saved.",
      "Read the effect below the list, then review and save.",
    ],
    api: ["GET /api/v1/policies/vulnerability/images", "PUT /api/v1/policies/vulnerability/images"],
  },
};
