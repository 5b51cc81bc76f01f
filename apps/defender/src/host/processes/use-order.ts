import { imagesMax } from "@rampart/protocol/contract";
import { z } from "zod";

const Path = z.string().max(4_096);

/** What the Defender asks of its child: look at the processes of these containers and of the host. */
export type UseOrder = Readonly<{
  at: string;
  /** Where processes are, such as /proc. */
  proc: string;
  hostRoot: string;
  containers: readonly Readonly<{ id: string; imageId: string; pid: number }>[];
  /** What the last look left for this one; replaced by `${stateFile}.new`, for the Defender to take over. */
  stateFile: string;
  /** Where reports are written to. */
  folder: string;
}>;

/** How the child answers, once: the reports that are worth sending. */
export const UseAnswer = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("looked"),
    reports: z.array(z.strictObject({ imageId: z.string().max(128).nullable(), file: Path })).max(imagesMax + 1),
    processes: z.int().nonnegative(),
  }),
  z.strictObject({ type: z.literal("failed"), message: z.string() }),
]);
export type UseAnswer = z.infer<typeof UseAnswer>;
export type Looked = Extract<UseAnswer, { type: "looked" }>;
