import type { AlertsCtx } from "../ports.ts";

/** How long settled deliveries, and facts that nobody asked for, can be looked up. */
export const keptDays = 30;
const rowsAtOnceMax = 5_000;

/** Removes what is older; what still waits stays. Returns how many facts were forgotten, so that upkeep can go on. */
export async function forgetDeliveries(ctx: AlertsCtx): Promise<number> {
  ctx.require("alerts.write");
  const before = new Date(ctx.clock.now().getTime() - keptDays * 24 * 3_600_000);
  // oxlint-disable-next-line rampart/write-verb-audits -- retention is a promise of the product, not somebody's change
  return ctx.unit(({ deliveries }) => deliveries.forget(before, rowsAtOnceMax));
}
