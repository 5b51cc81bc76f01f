import type { ResourceRef } from "../contract.ts";
import type { InventoryCtx } from "../ports.ts";

/** Fingerprints of what resources hold now; those that are gone are left out. */
export async function listContentHashes(
  ctx: InventoryCtx,
  resources: readonly ResourceRef[],
): Promise<readonly (ResourceRef & Readonly<{ contentHash: string | null }>)[]> {
  ctx.require("inventory.read");
  return ctx.read(({ subjects }) => subjects.listHashes(resources));
}
