import { z } from "zod";

/**
 * What a Defender is told to do. Each field has a default, and unknown fields are ignored, so that an older Defender
 * reads a newer policy and the other way round.
 */
export const DefenderPolicy = z.object({
  heartbeatSeconds: z.int().min(1).max(3600).default(15),
  scanning: z
    .object({
      /** The host and images are inspected again after this long even when nothing seems to have changed. */
      everyHours: z.int().min(1).max(720).default(24),
      /** Images that no container uses are inspected too. */
      unusedImages: z.boolean().default(true),
      /** Analyses that run at the same time. */
      atOnce: z.int().min(1).max(8).default(1),
    })
    .prefault({}),
});
export type DefenderPolicy = z.infer<typeof DefenderPolicy>;
