import { Refusal } from "@rampart/kernel";

export function unusable(location: string, reason: string): Refusal {
  return new Refusal(
    "invalid",
    "vulnerabilities.feeds.unreadable",
    `The advisories at "${location}" cannot be read: ${reason}.`,
  );
}
