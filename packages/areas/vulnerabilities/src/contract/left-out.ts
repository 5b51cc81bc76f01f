import { z } from "zod";
import { Text } from "./text.ts";

export const leftOutReasons = ["kernel-headers", "debug-symbols", "documentation", "unreadable-version"] as const;
export const LeftOutReason = z.enum(leftOutReasons);
export type LeftOutReason = z.infer<typeof LeftOutReason>;

/** Packages that one reason names; more are counted but not listed. */
export const leftOutPackagesMax = 50;

/**
 * Flaws of which no finding was made, because nothing of the package can run or because its version cannot be compared:
 * counted, so that nobody misses them in silence.
 */
export const LeftOut = z.object({
  reason: LeftOutReason,
  sentence: Text,
  findings: z.int().nonnegative(),
  packages: z.array(Text).max(leftOutPackagesMax),
});
export type LeftOut = z.infer<typeof LeftOut>;
