import type { Severity } from "@rampart/kernel";

/** Words that vendors use, mapped as in the specification: a vendor's word counts before any score. */
const words: Readonly<Record<string, Severity>> = {
  critical: "critical",
  high: "high",
  important: "high",
  medium: "medium",
  moderate: "medium",
  low: "low",
  negligible: "low",
  unimportant: "low",
  unassigned: "low",
  "not yet assigned": "low",
  minor: "low",
};

export function severityOfWord(word: string): Severity | null {
  return words[word.trim().toLowerCase().replaceAll("-", " ")] ?? null;
}

export function severityOfScore(score: number): Severity {
  if (score >= 9) return "critical";
  if (score >= 7) return "high";
  return score >= 4 ? "medium" : "low";
}
