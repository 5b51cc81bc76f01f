import { Refusal } from "@rampart/kernel";
import type { CreateUser, UserView } from "../contract.ts";
import type { IdentityCtx } from "../ports.ts";
import { newUser, withoutHash } from "./new-user.ts";

/** Adds a local user. Tenant admins add people to their own tenant only. */
export async function createUser(ctx: IdentityCtx, self: UserView, asked: CreateUser): Promise<UserView> {
  ctx.require("identity.write");
  refuseForeignTenant(self, asked);
  const user = await newUser(ctx, asked);
  return ctx.unit(async ({ users, audit }) => {
    if ((await users.findByName(asked.username)) !== null) {
      throw new Refusal("conflict", "identity.user.exists", `There is a user "${asked.username}" already.`);
    }
    await users.insert(user);
    await audit.record("identity.user.created", { subject: user.username, after: withoutHash(user) });
    return withoutHash(user);
  });
}

function refuseForeignTenant(self: UserView, asked: CreateUser): void {
  if ((asked.role === "central-admin") !== (asked.tenantId === null)) {
    const message = "A central admin belongs to no tenant; everybody else belongs to one.";
    throw new Refusal("invalid", "identity.user.role-needs-tenant", message);
  }
  if (self.tenantId !== null && asked.tenantId !== self.tenantId) {
    throw new Refusal("forbidden", "identity.user.foreign-tenant", "You can add people to your own tenant only.");
  }
}
