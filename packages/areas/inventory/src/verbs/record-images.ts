import { inventoryFacts } from "../contract.ts";
import type { HeldImage, InventoryCtx, InventoryUnit, ReportOrder } from "../ports.ts";

export type ImageList = Readonly<{ hostId: string; order: ReportOrder; images: readonly HeldImage[] }>;

/** Stores the full list of a host's images: new ones wait for their inspection, those that it does not name are gone. */
export async function recordImages(ctx: InventoryCtx, report: ImageList): Promise<void> {
  ctx.require("inventory.write");
  const by = { hostId: report.hostId, order: report.order, at: ctx.clock.now() };
  // oxlint-disable-next-line rampart/write-verb-audits -- what a host reports is no administrative change
  await ctx.unit(async (unit) => {
    const { images } = unit;
    const held = await images.hold(report.images, by);
    const gone = await images.listHeldBefore(by);
    for (const id of gone) await images.release(id, by);
    const isHeld = new Set(held);
    await images.ensure(
      report.images.filter((image) => isHeld.has(image.id)),
      by.at,
    );
    await removeAbandoned(unit, await images.settle([...held, ...gone], by.at));
  });
}

/** Removes images that no host has any more. */
export async function removeAbandoned(
  { images, packages, uses, facts }: InventoryUnit,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  const resources = ids.map((resourceId) => ({ resourceKind: "image", resourceId }) as const);
  await images.remove(ids);
  await packages.removeAll(resources);
  await uses.removeAll(resources);
  for (const resource of resources) await facts.append({ type: inventoryFacts.resourceRemoved, payload: resource });
}
