import { inventoryFacts } from "../contract.ts";
import type { InventoryCtx, ReportedContainer, ReportOrder } from "../ports.ts";

export type ContainerChange = Readonly<{
  host: Readonly<{ id: string; hostname: string }>;
  order: ReportOrder;
  change: Readonly<{ kind: "seen"; container: ReportedContainer } | { kind: "removed"; id: string }>;
}>;

/** Stores one change that a host's engine announced. */
export async function recordContainer(ctx: InventoryCtx, report: ContainerChange): Promise<"recorded" | "stale"> {
  ctx.require("inventory.write");
  const at = ctx.clock.now();
  const { host, order, change } = report;
  // oxlint-disable-next-line rampart/write-verb-audits -- what a host reports is no administrative change
  return ctx.unit(async ({ hosts, containers, changes, facts }) => {
    await hosts.ensure(host, at);
    if (await hosts.hasLaterContainers(host.id, order)) return "stale";
    const isApplied =
      change.kind === "seen"
        ? (await containers.save(host.id, [change.container], order, at)) > 0
        : await containers.remove(host.id, change.id, order, at);
    if (!isApplied) return "stale";
    if (change.kind === "removed") await changes.removeOrphans(host.id, order, change.id);
    await facts.append({ type: inventoryFacts.containersChanged, payload: { hostId: host.id } });
    return "recorded";
  });
}
