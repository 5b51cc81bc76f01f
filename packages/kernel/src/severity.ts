import { z } from "zod";

/** Mildest first. `unknown` means that no source has graded the flaw; it ranks below low and is shown as such. */
export const severities = ["unknown", "low", "medium", "high", "critical"] as const;
export const Severity = z.enum(severities);
export type Severity = z.infer<typeof Severity>;

export function severityRank(severity: Severity): number {
  return severities.indexOf(severity);
}

export function isAtLeast(severity: Severity, threshold: Severity): boolean {
  return severityRank(severity) >= severityRank(threshold);
}

/** Counts of findings per severity; what tables, badges and the REST `Distribution` show. */
export const SeverityCounts = z.object({
  critical: z.int().nonnegative(),
  high: z.int().nonnegative(),
  medium: z.int().nonnegative(),
  low: z.int().nonnegative(),
  unknown: z.int().nonnegative(),
});
export type SeverityCounts = z.infer<typeof SeverityCounts>;
