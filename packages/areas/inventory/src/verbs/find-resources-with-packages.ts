import { lookupNamesMax, type PackageName, type ResourceRef } from "../contract.ts";
import { Refusal } from "@rampart/kernel";
import type { InventoryCtx } from "../ports.ts";

/** Most resources in one answer; ask again with the last one as `after`. */
export const resourcesFoundMax = 10_000;

/**
 * Which resources hold one of the packages. The names are those that advisories use; an answer of
 * `resourcesFoundMax` rows may have more behind it.
 */
export async function findResourcesWithPackages(
  ctx: InventoryCtx,
  names: readonly PackageName[],
  after?: ResourceRef,
): Promise<readonly ResourceRef[]> {
  ctx.require("inventory.read");
  if (names.length > lookupNamesMax) {
    throw new Refusal(
      "limit",
      "inventory.lookup.too-many",
      `One lookup takes at most ${lookupNamesMax} package names.`,
    );
  }
  if (names.length === 0) return [];
  const page = { limit: resourcesFoundMax, ...(after && { after }) };
  return ctx.read(({ packages }) => packages.findResources(names, page));
}
