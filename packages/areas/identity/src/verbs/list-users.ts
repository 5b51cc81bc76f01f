import { usersListedMax, type UserView } from "../contract.ts";
import type { IdentityCtx } from "../ports.ts";

/** The users of the caller's tenant; central admins see all. */
export async function listUsers(ctx: IdentityCtx, self: UserView): Promise<readonly UserView[]> {
  ctx.require("identity.read");
  return ctx.unit(({ users }) => users.list(self.tenantId, usersListedMax));
}
