import type { IdentityCtx } from "../ports.ts";

export const setupTokenKey = "setup-token-hash";

/** The token of a fresh one-time set-up link, or null when the installation has its first user already. */
export async function prepareSetup(ctx: IdentityCtx): Promise<string | null> {
  const token = ctx.tokens.next();
  return ctx.unit(async ({ users, settings }) => {
    if ((await users.countAll()) > 0) return null;
    await settings.put(setupTokenKey, ctx.tokens.hash(token));
    return token;
  });
}

/** Whether the first user exists. */
export async function isInitialized(ctx: IdentityCtx): Promise<boolean> {
  return ctx.unit(async ({ users }) => (await users.countAll()) > 0);
}
