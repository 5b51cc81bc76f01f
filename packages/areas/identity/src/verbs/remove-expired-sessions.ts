import type { IdentityCtx } from "../ports.ts";

/** Forgets sessions that are over; upkeep calls it now and then. Returns how many there were. */
export async function removeExpiredSessions(ctx: IdentityCtx): Promise<number> {
  // oxlint-disable-next-line rampart/verb-checks-permission, rampart/write-verb-audits -- upkeep of what is over; nothing that anybody owns changes
  return ctx.unit(({ sessions }) => sessions.removeExpired(ctx.clock.now()));
}
