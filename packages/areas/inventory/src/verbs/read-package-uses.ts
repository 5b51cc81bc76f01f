import type { PackageRow, ResourceRef } from "../contract.ts";
import { useReader } from "../core/package-use.ts";
import type { InventoryStores } from "../ports.ts";

/** All packages of an image or host with what processes use of them; none when nobody has it any more. */
export async function readPackageUses(
  { packages, uses }: Pick<InventoryStores, "packages" | "uses">,
  resource: ResourceRef,
): Promise<readonly PackageRow[]> {
  const useOf = useReader(await uses.find(resource));
  return (await packages.listAll(resource)).map((row) => ({ ...row, use: useOf(row) }));
}
