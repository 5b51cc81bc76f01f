import type { PackageUse } from "@rampart/protocol/contract";
import { inventoryFacts, type ResourceRef, useKeptDays } from "../contract.ts";
import type { InventoryCtx, ReportOrder } from "../ports.ts";

export type UseReport = Readonly<{
  host: Readonly<{ id: string; hostname: string }>;
  order: ReportOrder;
  /** Null for the host's own processes. */
  imageId: string | null;
  complete: boolean;
  used: readonly PackageUse[];
}>;

const dayMs = 24 * 3_600_000;

/** Adds what a host saw in use. It takes nothing back, so that reports may come twice and in any order. */
export async function recordUse(ctx: InventoryCtx, report: UseReport): Promise<"recorded" | "unchanged" | "stale"> {
  ctx.require("inventory.write");
  const { host, order, imageId, complete, used } = report;
  const by = { hostId: host.id, order, at: ctx.clock.now() };
  const resource: ResourceRef =
    imageId === null ? { resourceKind: "host", resourceId: host.id } : { resourceKind: "image", resourceId: imageId };
  // oxlint-disable-next-line rampart/write-verb-audits -- what a host reports is no administrative change
  return ctx.unit(async ({ hosts, images, uses, facts }) => {
    await hosts.ensure(host, by.at);
    if (imageId !== null && (await images.isReleased(imageId, by))) return "stale";
    const isNews = await uses.save({ resource, complete, used }, by);
    const isLess = await uses.removeOlder(resource, new Date(by.at.getTime() - useKeptDays * dayMs));
    if (!isNews && !isLess) return "unchanged";
    await facts.append({ type: inventoryFacts.useRecorded, payload: resource });
    return "recorded";
  });
}
