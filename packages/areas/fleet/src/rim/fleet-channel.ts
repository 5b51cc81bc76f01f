import { nudgeWork } from "@rampart/protocol/contract";
import { z } from "zod";

/** PostgreSQL channel on which the gateways hear what concerns their sockets. */
export const fleetChannel = "rampart_fleet";

export const FleetNotice = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("nudge"), projectId: z.uuid(), defenderId: z.uuid(), work: z.enum(nudgeWork) }),
  z.object({ kind: z.literal("dismissed"), projectId: z.uuid(), defenderId: z.uuid() }),
  z.object({ kind: z.literal("policy"), projectId: z.uuid() }),
]);
export type FleetNotice = z.infer<typeof FleetNotice>;

/** Null for the empty notice after a reconnect, and for what a newer version may send. */
export function readFleetNotice(payload: string): FleetNotice | null {
  if (payload === "") return null;
  try {
    return FleetNotice.safeParse(JSON.parse(payload)).data ?? null;
  } catch {
    return null;
  }
}
