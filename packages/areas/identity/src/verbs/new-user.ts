import { Refusal } from "@rampart/kernel";
import type { CreateUser } from "../contract.ts";
import { decidePassword, passwordSentences } from "../core/decide-password.ts";
import type { IdentityCtx, UserWithHash } from "../ports.ts";

/** Refuses a password that is too easy to guess. */
export function refuseWeakPassword(username: string, password: string): void {
  const decision = decidePassword(username, password);
  if (decision !== "accepted") {
    throw new Refusal("invalid", `identity.password.${decision}`, passwordSentences[decision]);
  }
}

/** A user as it will be stored. Hashing takes long, so it happens before the transaction. */
export async function newUser(ctx: IdentityCtx, asked: CreateUser): Promise<UserWithHash> {
  refuseWeakPassword(asked.username, asked.password);
  return {
    id: ctx.ids.next(),
    username: asked.username,
    role: asked.role,
    tenantId: asked.tenantId,
    disabled: false,
    createdAt: ctx.clock.now(),
    passwordHash: await ctx.passwords.hash(asked.password),
  };
}

/** A user without the hash of the password. */
export function withoutHash({ passwordHash: _, ...user }: UserWithHash) {
  return user;
}
