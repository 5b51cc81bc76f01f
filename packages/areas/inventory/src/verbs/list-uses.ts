import { Refusal } from "@rampart/kernel";
import type { ResourceRef } from "../contract.ts";
import type { ResourceUse } from "../core/package-use.ts";
import type { InventoryCtx } from "../ports.ts";

/** Most resources that one question may name. */
const resourcesMax = 1_000;

/** What processes use of these resources; those that no Defender has looked at are left out. */
export async function listUses(
  ctx: InventoryCtx,
  resources: readonly ResourceRef[],
): Promise<readonly (ResourceRef & ResourceUse)[]> {
  ctx.require("inventory.read");
  if (resources.length > resourcesMax) {
    const message = `One question takes at most ${resourcesMax} resources.`;
    throw new Refusal("limit", "inventory.use.too-many", message);
  }
  return ctx.read(({ uses }) => uses.list(resources));
}
