import type { IdentityCtx } from "../ports.ts";

/** Ends the session of a token; an unknown token is no error. */
export async function signOut(ctx: IdentityCtx, token: string): Promise<void> {
  // oxlint-disable-next-line rampart/verb-checks-permission, rampart/write-verb-audits -- who holds the token may end its session; sign-ins are audited, their ends are not
  await ctx.unit(({ sessions }) => sessions.remove(ctx.tokens.hash(token)));
}
