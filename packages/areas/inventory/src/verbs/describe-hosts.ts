import type { HostDetail, ListHosts, PackageRow } from "../contract.ts";
import type { InventoryCtx } from "../ports.ts";
import { readPackageUses } from "./read-package-uses.ts";

export type DescribedHosts = Readonly<{
  rows: readonly Readonly<{ host: HostDetail; packages: readonly PackageRow[] }>[];
  total: number;
}>;

/** A page of hosts with everything that is stored about each, read in one transaction. */
export async function describeHosts(
  ctx: InventoryCtx,
  asked: ListHosts,
  withPackages: boolean,
): Promise<DescribedHosts> {
  ctx.require("inventory.read");
  return ctx.read(async (stores) => {
    const { hosts } = stores;
    const page = await hosts.list(asked);
    const rows: { host: HostDetail; packages: readonly PackageRow[] }[] = [];
    for (const { id } of page.rows) {
      const host = await hosts.find(id);
      if (host === null) continue;
      rows.push({
        host,
        packages: withPackages ? await readPackageUses(stores, { resourceKind: "host", resourceId: id }) : [],
      });
    }
    return { rows, total: page.total };
  });
}
