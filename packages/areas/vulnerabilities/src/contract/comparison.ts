import { z } from "zod";

/** One round of comparing a project again after the advisories changed. */
export const ComparisonRound = z.object({
  /** The advisories up to which it compares. */
  revision: z.int().nonnegative(),
  startedAt: z.iso.datetime(),
  /** Null as long as it goes on. */
  finishedAt: z.iso.datetime().nullable(),
  /** Resources with packages, those looked at so far, those of them that hold something changed, and what failed. */
  resources: z.int().nonnegative(),
  done: z.int().nonnegative(),
  compared: z.int().nonnegative(),
  failed: z.int().nonnegative(),
});
export type ComparisonRound = z.infer<typeof ComparisonRound>;

/** How complete the comparison of a project with the advisories is. */
export const ComparisonStatus = z.object({
  /** The newest advisories, and when they came; null as long as nothing was imported. */
  revision: z.int().nonnegative(),
  dataFrom: z.iso.datetime().nullable(),
  /** The advisories with which everything was compared. */
  comparedRevision: z.int().nonnegative(),
  /** True when everything was compared with the newest advisories. */
  complete: z.boolean(),
  images: z.int().nonnegative(),
  hosts: z.int().nonnegative(),
  round: ComparisonRound.nullable(),
});
export type ComparisonStatus = z.infer<typeof ComparisonStatus>;
