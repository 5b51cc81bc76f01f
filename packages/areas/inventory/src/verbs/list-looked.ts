import { Refusal } from "@rampart/kernel";
import { filterValuesMax, type ResourceRef } from "../contract.ts";
import type { InventoryCtx } from "../ports.ts";

/** Most resources that one question may name. */
const resourcesMax = 40 * filterValuesMax;

/** Of these resources, those whose processes a Defender has looked at; of all others the use is unknown. */
export async function listLooked(
  ctx: InventoryCtx,
  resources: readonly ResourceRef[],
): Promise<readonly ResourceRef[]> {
  ctx.require("inventory.read");
  if (resources.length > resourcesMax) {
    const message = `One question takes at most ${resourcesMax} resources.`;
    throw new Refusal("limit", "inventory.use.too-many", message);
  }
  return ctx.read(({ uses }) => uses.listLooked(resources));
}
