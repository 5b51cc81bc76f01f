import { Refusal } from "@rampart/kernel";
import { apiTokenLifeMs, sessionLifeMs, type SignIn, type UserView } from "../contract.ts";
import type { IdentityCtx } from "../ports.ts";
import { withoutHash } from "./new-user.ts";

export type OpenedSession = Readonly<{ token: string; expiresAt: Date; user: UserView }>;

/**
 * Checks a name and a password and opens a session. Refuses in the same words and after the same time whether the
 * name or the password was wrong; every attempt is audited.
 */
export async function signIn(ctx: IdentityCtx, asked: SignIn, kind: "browser" | "token"): Promise<OpenedSession> {
  const keys = [`name ${asked.username.toLowerCase()}`, `address ${ctx.caller.sourceIp ?? "unknown"}`];
  ctx.attempts.check(keys, ctx.clock.now());
  // oxlint-disable-next-line rampart/verb-checks-permission -- nobody is signed in yet
  const user = await ctx.unit(({ users }) => users.findByName(asked.username));
  const matches = await ctx.passwords.verify(user?.passwordHash ?? null, asked.password);
  if (user === null || !matches || user.disabled) {
    ctx.attempts.failed(keys, ctx.clock.now());
    // oxlint-disable-next-line rampart/verb-checks-permission -- nobody is signed in yet
    await ctx.unit(({ audit }) => audit.record("identity.sign-in.refused", { subject: asked.username }));
    throw new Refusal("unauthenticated", "identity.sign-in.refused", "The user name or the password is wrong.");
  }
  ctx.attempts.succeeded(keys);
  return openSession(ctx, withoutHash(user), kind);
}

async function openSession(ctx: IdentityCtx, user: UserView, kind: "browser" | "token"): Promise<OpenedSession> {
  const token = ctx.tokens.next();
  const now = ctx.clock.now();
  const expiresAt = new Date(now.getTime() + (kind === "browser" ? sessionLifeMs : apiTokenLifeMs));
  // oxlint-disable-next-line rampart/verb-checks-permission -- the password was the permission
  await ctx.unit(async ({ sessions, audit }) => {
    const tokenHash = ctx.tokens.hash(token);
    await sessions.insert({ id: ctx.ids.next(), userId: user.id, tokenHash, kind, lastSeenAt: now, expiresAt });
    const by = { kind: "user", id: user.id, name: user.username } as const;
    await audit.record("identity.sign-in.accepted", { subject: user.username, by });
  });
  return { token, expiresAt, user };
}

/** A fresh API token for the holder of a valid one. */
export async function renewToken(ctx: IdentityCtx, user: UserView): Promise<OpenedSession> {
  return openSession(ctx, user, "token");
}
