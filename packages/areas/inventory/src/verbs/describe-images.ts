import type { ImageDetail, ListImages, PackageRow } from "../contract.ts";
import type { InventoryCtx } from "../ports.ts";
import { readPackageUses } from "./read-package-uses.ts";

export type DescribedImages = Readonly<{
  rows: readonly Readonly<{ image: ImageDetail; packages: readonly PackageRow[] }>[];
  total: number;
}>;

/** A page of images with everything that is stored about each, read in one transaction. */
export async function describeImages(
  ctx: InventoryCtx,
  asked: ListImages,
  withPackages: boolean,
): Promise<DescribedImages> {
  ctx.require("inventory.read");
  return ctx.read(async (stores) => {
    const { images } = stores;
    const page = await images.list(asked);
    const rows: { image: ImageDetail; packages: readonly PackageRow[] }[] = [];
    for (const { id } of page.rows) {
      const image = await images.find(id);
      if (image === null) continue;
      rows.push({
        image,
        packages: withPackages ? await readPackageUses(stores, { resourceKind: "image", resourceId: id }) : [],
      });
    }
    return { rows, total: page.total };
  });
}
