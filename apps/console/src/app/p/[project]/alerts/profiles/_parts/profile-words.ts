import type { AlertFactType } from "@rampart/alerts/contract";

export const factWords: Readonly<Record<AlertFactType, string>> = {
  "vulnerabilities.rule-violated": "violations of the vulnerability policy",
  "fleet.defender-disconnected": "Defenders that disconnect",
  "fleet.defender-connected": "Defenders that connect",
};

// The record has exactly the keys of its type.
export const factTypes = Object.keys(factWords) as AlertFactType[];
