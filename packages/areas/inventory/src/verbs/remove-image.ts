import type { InventoryCtx, ReportOrder } from "../ports.ts";
import { removeAbandoned } from "./record-images.ts";

type ImageRemoval = Readonly<{ hostId: string; imageId: string; order: ReportOrder }>;

/** Notes that a host no longer has an image; with its last host the image leaves the inventory. */
export async function removeImage(ctx: InventoryCtx, { hostId, imageId, order }: ImageRemoval): Promise<void> {
  ctx.require("inventory.write");
  const at = ctx.clock.now();
  // oxlint-disable-next-line rampart/write-verb-audits -- what a host reports is no administrative change
  await ctx.unit(async (unit) => {
    await unit.images.lock(imageId);
    const isReleased = await unit.images.release(imageId, { hostId, order, at });
    if (isReleased) await removeAbandoned(unit, await unit.images.settle([imageId], at));
  });
}
