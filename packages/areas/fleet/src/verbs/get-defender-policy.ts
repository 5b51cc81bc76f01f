import { DefenderPolicy, type DefenderPolicyView } from "../contract.ts";
import type { FleetCtx } from "../ports.ts";

/** What the project's Defenders are told to do, the defaults where nobody has decided. */
export async function getDefenderPolicy(ctx: FleetCtx): Promise<DefenderPolicyView & Readonly<{ body: string }>> {
  ctx.require("fleet.read");
  const policy = (await ctx.read(({ policies }) => policies.find())) ?? DefenderPolicy.parse({});
  return { policy, ...ctx.policySnapshot(policy) };
}
