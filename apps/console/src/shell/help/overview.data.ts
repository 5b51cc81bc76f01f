import type { HelpPage } from "@rampart/ui/help-panel";

export const overviewHelp: Readonly<Record<string, HelpPage>> = {
  "": {
    title: "Overview",
    shows:
      "How the project stands now: what waits for a decision, how many flaws there are and how bad, and what the policy objected to last. It follows what happens by itself.",
    numbers: [
      [
        "Distinct CVEs",
        "Each CVE counts once, at its highest severity on any resource, however many resources have it.",
      ],
      ["Images and hosts by their worst finding", "Each resource counts once, at the severity of its worst finding."],
      [
        "Defenders",
        "Connected: its lease is alive. Stale: the lease ended a moment ago. Disconnected: it has been away for longer.",
      ],
    ],
    first: [
      "Work through “Needs a decision” from the top: what is broken stands before what is dangerous.",
      "Open the first CVE of “CVEs to look at first” and see where it is.",
    ],
    api: ["GET /api/v1/stats/vulnerabilities", "GET /api/v1/defenders/summary"],
  },
};
