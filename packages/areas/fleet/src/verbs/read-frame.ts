import { Refusal } from "@rampart/kernel";
import type { DefenderReport } from "@rampart/protocol/contract";
import type { FrameRef } from "../contract.ts";
import type { FleetCtx, StoredFrame } from "../ports.ts";

export type ReadFrame = Readonly<{ frame: DefenderReport; defenderId: string; hostname: string; receivedAt: Date }>;

/** A stored report, decoded and checked; null when it was applied already. One that cannot be read is set aside. */
export async function readFrame(ctx: FleetCtx, ref: FrameRef): Promise<ReadFrame | null> {
  ctx.require("fleet.read");
  const stored = await ctx.read(({ frames }) => frames.find(ref));
  if (stored === null) return null;
  const decoded = await ctx.readReport(stored.body);
  const { defenderId } = ref;
  const { hostname, receivedAt } = stored;
  if (decoded.ok && decoded.frame.type === stored.type)
    return { frame: decoded.frame, defenderId, hostname, receivedAt };
  const reason = decoded.ok ? `its header says ${stored.type}, its body ${decoded.frame.type}` : decoded.reason;
  await setAside(ctx, ref, stored, reason);
  throw new Refusal(
    "invalid",
    "fleet.report.unreadable",
    `Report ${ref.sequence} of "${hostname}" cannot be read: ${reason}`,
  );
}

async function setAside(ctx: FleetCtx, ref: FrameRef, { type, hostname }: StoredFrame, reason: string): Promise<void> {
  await ctx.unit(async ({ frames, audit }) => {
    if (!(await frames.remove(ref))) return;
    await audit.record("fleet.report.refused", { subject: hostname, after: { ...ref, type, reason } });
  });
}
