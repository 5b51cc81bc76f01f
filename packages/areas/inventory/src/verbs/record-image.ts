import type { Inventory } from "@rampart/inspection/contract";
import { inventoryFacts } from "../contract.ts";
import type { EngineImage, InventoryCtx, ReportOrder } from "../ports.ts";

export type ImageReport = Readonly<{
  hostId: string;
  order: ReportOrder;
  image: EngineImage;
  scannerVersion: string;
  inventory: Inventory;
}>;

/**
 * Stores an image that a host has inspected. Any number of hosts may report the same image: its packages are written
 * once, and matching is asked for only when they differ from what is stored.
 */
export async function recordImage(ctx: InventoryCtx, report: ImageReport): Promise<"recorded" | "unchanged" | "stale"> {
  ctx.require("inventory.write");
  const at = ctx.clock.now();
  const { image, inventory, scannerVersion } = report;
  const resource = { resourceKind: "image", resourceId: image.id } as const;
  return ctx.unit(async ({ images, packages, facts }) => {
    const contentHash = packages.fingerprint(inventory);
    const stored = await images.lock(image.id);
    const isHeld = await images.hold({ ...report, ...image, imageId: image.id, at });
    if (!isHeld) return "stale";
    await images.save(image, { inventory, scannerVersion, contentHash, at });
    await images.settleNames(image.id);
    if (stored?.contentHash === contentHash) return "unchanged";
    await packages.replace(resource, inventory.packages);
    await facts.append({ type: inventoryFacts.resourceRecorded, payload: { ...resource, contentHash } });
    return "recorded";
  });
}
