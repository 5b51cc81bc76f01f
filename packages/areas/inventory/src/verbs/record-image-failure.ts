import type { EngineImage, InventoryCtx, ReportOrder, ScanFailure } from "../ports.ts";

export type ImageFailure = Readonly<{ hostId: string; order: ReportOrder; image: EngineImage; failure: ScanFailure }>;

/** Stores that an image could not be inspected, so that it is shown as such and never as clean. */
export async function recordImageFailure(ctx: InventoryCtx, report: ImageFailure): Promise<"recorded" | "stale"> {
  ctx.require("inventory.write");
  const at = ctx.clock.now();
  const { hostId, order, image, failure } = report;
  // oxlint-disable-next-line rampart/write-verb-audits -- what a host reports is no administrative change
  return ctx.unit(async ({ images }) => {
    await images.lock(image.id);
    const held = await images.hold([image], { hostId, order, at });
    if (held.length === 0) return "stale";
    await images.saveFailure(image, failure, at);
    await images.settle([image.id], at);
    return "recorded";
  });
}
