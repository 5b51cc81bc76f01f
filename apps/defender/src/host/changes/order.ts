import { containersMax } from "@rampart/protocol/contract";
import { z } from "zod";

/** A container to look at: where it writes, on which layers, and where its processes see its root. */
export type ChangeableContainer = Readonly<{
  id: string;
  imageId: string;
  upper: string;
  diffIds: readonly string[];
  merged: string;
}>;

/** What the Defender asks of its child: say how these containers differ from their images. */
export type ChangesOrder = Readonly<{
  at: string;
  containers: readonly ChangeableContainer[];
  /** Results of layers, as inspections of images keep them. */
  cacheFolder: string;
  /** What the last look left for this one; replaced by `${stateFile}.new`, for the Defender to take over. */
  stateFile: string;
  /** Where reports are written to. */
  folder: string;
}>;

const Count = z.int().nonnegative();

/** How the child answers, once: the reports that are worth sending. */
export const ChangesAnswer = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("looked"),
    reports: z
      .array(z.strictObject({ containerId: z.string().max(64), file: z.string().max(4_096) }))
      .max(containersMax),
    /** Containers whose image was not inspected yet, or for which no time was left. */
    waiting: Count,
    /** Containers that could not be looked at, and why the last of them. */
    unreadable: Count,
    problem: z.string().max(512).nullable(),
  }),
  z.strictObject({ type: z.literal("failed"), message: z.string() }),
]);
export type ChangesAnswer = z.infer<typeof ChangesAnswer>;
export type LookedForChanges = Extract<ChangesAnswer, { type: "looked" }>;
