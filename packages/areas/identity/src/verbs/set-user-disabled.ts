import { Refusal } from "@rampart/kernel";
import type { SetUserDisabled, UserView } from "../contract.ts";
import type { IdentityCtx } from "../ports.ts";

/** Shuts a user out at once, with all open sessions, or lets them in again. Nobody disables themselves. */
export async function setUserDisabled(ctx: IdentityCtx, self: UserView, asked: SetUserDisabled): Promise<void> {
  ctx.require("identity.write");
  if (asked.userId === self.id) {
    throw new Refusal("precondition", "identity.user.is-self", "You cannot disable yourself; ask another admin.");
  }
  await ctx.unit(async ({ users, sessions, audit }) => {
    const user = await users.find(asked.userId);
    if (user === null || (self.tenantId !== null && user.tenantId !== self.tenantId)) {
      throw new Refusal("not-found", "identity.user.not-found", "There is no such user.");
    }
    if (user.disabled === asked.disabled) return;
    await users.setDisabledAt(user.id, asked.disabled ? ctx.clock.now() : null);
    if (asked.disabled) await sessions.removeOfUser(user.id);
    const action = asked.disabled ? "identity.user.disabled" : "identity.user.enabled";
    await audit.record(action, { subject: user.username, before: { disabled: user.disabled }, after: asked });
  });
}
