import type { HelpPage } from "@rampart/ui/help-panel";

export const manageHelp: Readonly<Record<string, HelpPage>> = {
  "/manage/defenders": {
    title: "Defenders",
    shows: "Every Defender of the project, its state and what it watches.",
    numbers: [
      [
        "State",
        "Connected: its lease is alive. Stale: the lease ended a moment ago. Disconnected: it has been away for longer.",
      ],
      ["Duties", "What the Defender does on the host. A failing duty says what went wrong on the Defender’s page."],
    ],
    first: ["Enrol a Defender on each host.", "Filter by state:disconnected and find out why."],
    api: ["GET /api/v1/defenders", "GET /api/v1/defenders/summary"],
  },
  "/manage/defenders/[id]": {
    title: "One Defender",
    shows: "What the Defender does, what waits on its host to be reported, its machine and its certificates.",
    numbers: [
      ["Dropped", "Reports that were lost because the host was cut off for so long that its spool was full."],
      ["Certificates", "Short-lived and renewed by themselves. Retiring makes all of them worthless at once."],
    ],
    first: ["Read failing duties first.", "“Inspect again” reads the packages of the host and its images anew."],
    api: ["GET /api/v1/defenders?hostname=…"],
  },
  "/manage/defenders/enrol": {
    title: "Enrol a Defender",
    shows: "Makes the command that puts a Defender on a host and waits until that host reports.",
    numbers: [["The command works for", "The token in it works once and not after this time. Only its hash is kept."]],
    first: [
      "Choose the name under which the host reaches the gateway.",
      "Run the command as root on the host and watch this page turn green.",
    ],
  },
  "/manage/audit-log": {
    title: "Audit log",
    shows: "Who changed what, when and from where, with the values before and after. Entries cannot be changed.",
    numbers: [["Changes", "Values that differ between before and after. Secrets are never recorded."]],
    first: ["Filter by action: or by:, the filter completes both.", "Open a row to see each value before and after."],
    api: ["GET /api/v1/audits/mgmt"],
  },
  "/manage/intelligence": {
    title: "Intelligence",
    shows: "The advisories that findings come from: which files, how many records, how old their knowledge is.",
    numbers: [
      ["Data as of", "The newest date inside the file: how old the knowledge itself is, whenever it was imported."],
      [
        "Refused",
        "A file with a mistake changes nothing; the former content stays in force. The message names the line.",
      ],
      ["Compared", "Whether every image and host was compared with the newest advisories, and how far that is."],
    ],
    first: [
      "Import full advisories if only the starter set is loaded.",
      "Add the folder or address where your advisories are published; it is looked at by itself.",
      "For a Console without a network, trust the key of whoever signs its bundles.",
    ],
    api: [
      "GET /api/v1/cves?id=CVE-2021-44228",
      "PUT /api/v1/feeds/locations",
      "GET /api/v1/feeds/bundle",
      "PUT /api/v1/feeds/custom/custom-vulnerabilities",
    ],
  },
  "/manage/settings": {
    title: "Settings",
    shows: "This project, your account, the users of the tenant, and new projects.",
    numbers: [
      [
        "Roles",
        "Central admins own the installation. Tenant admins own one tenant and its projects. Read-only users see security data but neither users nor the audit log.",
      ],
    ],
    first: [
      "Add a user for each person instead of sharing one.",
      "Disable users who leave: their sessions end at once.",
    ],
    api: ["GET /api/v1/projects", "GET /api/v1/users"],
  },
};
