import { z } from "zod";
import { Inspection } from "../contract.ts";
import { InspectionRequest } from "../inspect.ts";

/** What the parent may say: one request, once. To stop the child it closes the channel or kills it. */
export const ParentMessage = z.strictObject({ type: z.literal("inspect"), request: InspectionRequest });
export type ParentMessage = z.infer<typeof ParentMessage>;

const Text = z.string().max(4096);

/** What the child may say: any number of `progress`, then one of the others. */
export const ChildMessage = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("ready") }),
  z.strictObject({
    type: z.literal("progress"),
    layer: z.int().nonnegative(),
    layersTotal: z.int().nonnegative().nullable(),
    bytesRead: z.int().nonnegative(),
  }),
  z.strictObject({ type: z.literal("inspected"), inspection: Inspection }),
  z.strictObject({
    type: z.literal("refused"),
    kind: z.enum(["invalid", "unauthenticated", "forbidden", "not-found", "conflict", "precondition", "limit"]),
    reason: z.string().max(128),
    message: Text,
  }),
  z.strictObject({ type: z.literal("failed"), system: z.string().max(256).nullable(), message: Text }),
]);
export type ChildMessage = z.infer<typeof ChildMessage>;
