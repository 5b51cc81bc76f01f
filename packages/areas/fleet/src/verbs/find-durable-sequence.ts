import type { FleetCtx } from "../ports.ts";

/** The highest report of this spool that was ever stored; 0 when none was. */
export async function findDurableSequence(
  ctx: FleetCtx,
  { defenderId, epoch }: Readonly<{ defenderId: string; epoch: string }>,
): Promise<number> {
  ctx.require("fleet.read");
  return ctx.read(({ frames }) => frames.durable(defenderId, epoch));
}
