import type { Inventory } from "@rampart/inspection/contract";
import { inventoryFacts } from "../contract.ts";
import type { EngineImage, InventoryCtx, ReportOrder } from "../ports.ts";

export type ImageReport = Readonly<{ hostId: string; order: ReportOrder; image: EngineImage; inventory: Inventory }>;

/**
 * Stores an image that a host has inspected. Any number of hosts may report the same image: its packages are written
 * once, and matching is asked for only when they differ from what is stored.
 */
export async function recordImage(ctx: InventoryCtx, report: ImageReport): Promise<"recorded" | "unchanged" | "stale"> {
  ctx.require("inventory.write");
  const at = ctx.clock.now();
  const { hostId, order, image, inventory } = report;
  const resource = { resourceKind: "image", resourceId: image.id } as const;
  // oxlint-disable-next-line rampart/write-verb-audits -- what a host reports is no administrative change
  return ctx.unit(async ({ images, packages, facts }) => {
    const contentHash = packages.fingerprint(inventory);
    const stored = await images.lock(image.id);
    const held = await images.hold([image], { hostId, order, at });
    if (held.length === 0) return "stale";
    await images.save(image, { inventory, contentHash, at });
    await images.settle([image.id], at);
    if (stored?.contentHash === contentHash) return "unchanged";
    await packages.replace(resource, inventory.packages);
    await facts.append({ type: inventoryFacts.resourceRecorded, payload: { ...resource, contentHash } });
    return "recorded";
  });
}
