import type { Inventory } from "@rampart/inspection/contract";
import { inventoryFacts } from "../contract.ts";
import type { HostFacts, InventoryCtx, ReportOrder } from "../ports.ts";

export type HostReport = Readonly<{ order: ReportOrder; host: HostFacts; inventory: Inventory }>;

/** Stores a host with its own packages; matching is asked for only when they differ from what is stored. */
export async function recordHost(ctx: InventoryCtx, report: HostReport): Promise<"recorded" | "unchanged" | "stale"> {
  ctx.require("inventory.write");
  const at = ctx.clock.now();
  const { host, inventory, order } = report;
  const resource = { resourceKind: "host", resourceId: host.id } as const;
  // oxlint-disable-next-line rampart/write-verb-audits -- what a host reports is no administrative change
  return ctx.unit(async ({ hosts, packages, facts }) => {
    const contentHash = packages.fingerprint(inventory);
    await hosts.ensure(host, at);
    const stored = await hosts.lock(host.id, order);
    if (stored === "stale") return "stale";
    await hosts.save(host, { inventory, contentHash, at }, order);
    if (stored.contentHash === contentHash) return "unchanged";
    await packages.replace(resource, inventory.packages);
    await facts.append({ type: inventoryFacts.resourceRecorded, payload: { ...resource, contentHash } });
    return "recorded";
  });
}
