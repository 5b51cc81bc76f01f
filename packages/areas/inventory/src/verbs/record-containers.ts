import { haveContainersChanged } from "../core/have-containers-changed.ts";
import { inventoryFacts } from "../contract.ts";
import type { InventoryCtx, ReportedContainer, ReportOrder } from "../ports.ts";

export type ContainerList = Readonly<{
  host: Readonly<{ id: string; hostname: string }>;
  order: ReportOrder;
  containers: readonly ReportedContainer[];
}>;

/** Stores the full list of a host's containers; those that it does not name are gone. */
export async function recordContainers(ctx: InventoryCtx, report: ContainerList): Promise<"recorded" | "stale"> {
  ctx.require("inventory.write");
  const at = ctx.clock.now();
  const { host, order } = report;
  // oxlint-disable-next-line rampart/write-verb-audits -- what a host reports is no administrative change
  return ctx.unit(async ({ hosts, containers, changes, facts }) => {
    await hosts.ensure(host, at);
    if (!(await hosts.claimContainers(host.id, order))) return "stale";
    const before = await containers.listOfHost(host.id);
    await containers.save(host.id, report.containers, order, at);
    await containers.removeOlder(host.id, order, at);
    await changes.removeOrphans(host.id, order);
    const after = await containers.listOfHost(host.id);
    if (haveContainersChanged(before, after)) {
      await facts.append({ type: inventoryFacts.containersChanged, payload: { hostId: host.id } });
    }
    return "recorded";
  });
}
