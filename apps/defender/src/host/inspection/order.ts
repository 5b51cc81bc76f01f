import type { InspectionRequest } from "@rampart/inspection";
import type { HostFacts, ImageFacts } from "@rampart/protocol";
import { z } from "zod";

/** What the Defender asks of its child: inspect, put the inventory into a report, and encode that into a file. */
export type InspectionOrder = Readonly<{
  request: InspectionRequest;
  report:
    | Readonly<{ type: "image.inventory"; at: string; image: ImageFacts }>
    | Readonly<{ type: "host.inventory"; at: string; host: HostFacts }>;
  file: string;
}>;

const Message = z.string().max(4_096);

/** How the child answers, once. `refused`: this can never be inspected. `failed`: it may work another time. */
export const InspectionAnswer = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("written"), packages: z.int(), warnings: z.int() }),
  z.strictObject({ type: z.literal("refused"), reason: z.string().max(128), message: Message }),
  z.strictObject({ type: z.literal("failed"), message: Message }),
]);
export type InspectionAnswer = z.infer<typeof InspectionAnswer>;
