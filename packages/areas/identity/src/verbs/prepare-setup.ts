import type { IdentityCtx } from "../ports.ts";

export const setupTokenKey = "setup-token-hash";

/** The token of a fresh one-time set-up link, or null when the installation has its first user already. */
export async function prepareSetup(ctx: IdentityCtx): Promise<string | null> {
  const token = ctx.tokens.next();
  // oxlint-disable-next-line rampart/verb-checks-permission, rampart/write-verb-audits -- runs before there is anybody who could hold a permission
  return ctx.unit(async ({ users, settings }) => {
    if ((await users.countAll()) > 0) return null;
    await settings.put(setupTokenKey, ctx.tokens.hash(token));
    return token;
  });
}

/** Whether the first user exists. */
export async function isInitialized(ctx: IdentityCtx): Promise<boolean> {
  // oxlint-disable-next-line rampart/verb-checks-permission -- whether the set-up is done is told to everybody
  return ctx.unit(async ({ users }) => (await users.countAll()) > 0);
}
