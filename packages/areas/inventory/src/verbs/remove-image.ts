import { inventoryFacts } from "../contract.ts";
import type { InventoryCtx, ReportOrder } from "../ports.ts";

type ImageRemoval = Readonly<{ hostId: string; imageId: string; order: ReportOrder }>;

/** Notes that a host no longer has an image; with its last host the image leaves the inventory. */
export async function removeImage(ctx: InventoryCtx, removal: ImageRemoval): Promise<void> {
  ctx.require("inventory.write");
  const at = ctx.clock.now();
  const resource = { resourceKind: "image", resourceId: removal.imageId } as const;
  await ctx.unit(async ({ images, packages, facts }) => {
    const stored = await images.lock(removal.imageId);
    const isReleased = await images.release({ ...removal, at });
    if (!isReleased || stored === null) return;
    if ((await images.settleNames(removal.imageId)) > 0) return;
    await images.remove(removal.imageId);
    await packages.removeAll(resource);
    await facts.append({ type: inventoryFacts.resourceRemoved, payload: resource });
  });
}
