import type { IdentityCtx } from "../ports.ts";

/** Forgets sessions that are over; upkeep calls it now and then. Returns how many there were. */
export async function removeExpiredSessions(ctx: IdentityCtx): Promise<number> {
  return ctx.unit(({ sessions }) => sessions.removeExpired(ctx.clock.now()));
}
