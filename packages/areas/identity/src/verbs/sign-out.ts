import type { IdentityCtx } from "../ports.ts";

/** Ends the session of a token; an unknown token is no error. */
export async function signOut(ctx: IdentityCtx, token: string): Promise<void> {
  await ctx.unit(({ sessions }) => sessions.remove(ctx.tokens.hash(token)));
}
