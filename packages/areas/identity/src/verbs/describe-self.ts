import { Refusal } from "@rampart/kernel";
import type { Me, UserView } from "../contract.ts";
import type { IdentityCtx } from "../ports.ts";
import { withoutHash } from "./new-user.ts";
import { listOwnProjects } from "./open-project.ts";

/** The signed-in user behind the caller. */
export async function getSelf(ctx: IdentityCtx): Promise<UserView> {
  // oxlint-disable-next-line rampart/verb-checks-permission -- everybody may read themselves
  const user = await ctx.unit(({ users }) => users.find(ctx.caller.id));
  if (user === null) throw new Refusal("unauthenticated", "identity.session.over", "Please sign in again.");
  return withoutHash(user);
}

/** Who is signed in, what they may do, and which projects they may open. */
export async function describeSelf(ctx: IdentityCtx): Promise<Me> {
  const user = await getSelf(ctx);
  return { user, permissions: [...ctx.caller.permissions], projects: await listOwnProjects(ctx, user) };
}
