import { Refusal } from "@rampart/kernel";
import type { CreateFirstAdmin, UserView } from "../contract.ts";
import type { IdentityCtx } from "../ports.ts";
import { newUser, withoutHash } from "./new-user.ts";
import { setupTokenKey } from "./prepare-setup.ts";

/**
 * Makes the first central admin, once. `tokenRequired` is true wherever a stranger could reach the Console before the
 * owner does; only the operator sees the token, in the output of the start.
 */
export async function createFirstAdmin(
  ctx: IdentityCtx,
  asked: CreateFirstAdmin,
  options: { tokenRequired: boolean },
): Promise<UserView> {
  const user = await newUser(ctx, { ...asked, role: "central-admin", tenantId: null });
  // oxlint-disable-next-line rampart/verb-checks-permission -- the set-up token is the permission; there is no user yet
  return ctx.unit(async ({ users, settings, audit }) => {
    await settings.lockFirstAdmin();
    if ((await users.countAll()) > 0) {
      throw new Refusal("invalid", "identity.setup.done", "system already initialized");
    }
    const expected = await settings.find(setupTokenKey);
    const matches = asked.setupToken !== undefined && ctx.tokens.hash(asked.setupToken) === expected;
    if (!matches && (options.tokenRequired || asked.setupToken !== undefined)) {
      const message = "This set-up link is not valid any more. The latest one stands in the output of the start.";
      throw new Refusal("forbidden", "identity.setup.wrong-token", message);
    }
    await users.insert(user);
    await settings.remove(setupTokenKey);
    await audit.record("identity.user.created", { subject: user.username, after: withoutHash(user) });
    return withoutHash(user);
  });
}
