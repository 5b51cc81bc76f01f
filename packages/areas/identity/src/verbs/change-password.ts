import { Refusal } from "@rampart/kernel";
import type { ChangePassword, UserView } from "../contract.ts";
import type { IdentityCtx } from "../ports.ts";
import { refuseWeakPassword } from "./new-user.ts";

/** Changes the caller's own password and ends all their sessions, so that a thief is shut out too. */
export async function changePassword(ctx: IdentityCtx, self: UserView, asked: ChangePassword): Promise<void> {
  refuseWeakPassword(self.username, asked.newPassword);
  // oxlint-disable-next-line rampart/verb-checks-permission -- everybody may change their own password
  const user = await ctx.unit(({ users }) => users.find(self.id));
  if (user === null || !(await ctx.passwords.verify(user.passwordHash, asked.oldPassword))) {
    throw new Refusal("invalid", "identity.password.wrong", "The current password is not right.");
  }
  const passwordHash = await ctx.passwords.hash(asked.newPassword);
  // oxlint-disable-next-line rampart/verb-checks-permission -- the old password was the permission
  await ctx.unit(async ({ users, sessions, audit }) => {
    await users.setPasswordHash(user.id, passwordHash);
    await sessions.removeOfUser(user.id);
    await audit.record("identity.password.changed", { subject: user.username });
  });
}
