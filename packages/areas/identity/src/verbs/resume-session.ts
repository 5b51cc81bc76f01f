import type { UserView } from "../contract.ts";
import { decideSession } from "../core/decide-session.ts";
import type { IdentityCtx } from "../ports.ts";
import { withoutHash } from "./new-user.ts";

/** The last use of a session is written at most this often. */
const touchEveryMs = 60_000;

/** The user behind a session token; null when it is unknown, over, idle for too long, or the user is disabled. */
export async function resumeSession(ctx: IdentityCtx, token: string): Promise<UserView | null> {
  const now = ctx.clock.now();
  // oxlint-disable-next-line rampart/verb-checks-permission, rampart/write-verb-audits -- the token is the permission; a use of a session is no change
  return ctx.unit(async ({ users, sessions }) => {
    const session = await sessions.findByHash(ctx.tokens.hash(token));
    if (session === null || decideSession(session, now) !== "open") return null;
    const user = await users.find(session.userId);
    if (user === null || user.disabled) return null;
    if (now.getTime() - session.lastSeenAt.getTime() >= touchEveryMs) await sessions.touch(session.id, now);
    return withoutHash(user);
  });
}
