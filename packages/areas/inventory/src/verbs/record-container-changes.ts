import { isIncomplete } from "@rampart/inspection/contract";
import { type ContainerContentsChanged, inventoryFacts } from "../contract.ts";
import { tallyChanges } from "../core/tally-changes.ts";
import type { ContainerContents, InventoryCtx, ReportOrder } from "../ports.ts";

export type ContainerChangesReport = Readonly<{
  host: Readonly<{ id: string; hostname: string }>;
  order: ReportOrder;
  contents: ContainerContents;
}>;

/** Stores how a container differs from its image. The report may come before the one that names the container. */
export async function recordContainerChanges(
  ctx: InventoryCtx,
  { host, order, contents }: ContainerChangesReport,
): Promise<"recorded" | "unchanged" | "stale"> {
  ctx.require("inventory.write");
  const by = { hostId: host.id, order, at: ctx.clock.now() };
  const tally = { ...tallyChanges(contents), secrets: contents.secrets.length, complete: !isIncomplete(contents) };
  // oxlint-disable-next-line rampart/write-verb-audits -- what a host reports is no administrative change
  return ctx.unit(async ({ hosts, changes, facts }) => {
    await hosts.ensure(host, by.at);
    if (await changes.isGone(contents.containerId, by)) return "stale";
    const outcome = await changes.save(contents, tally, by);
    if (outcome === "recorded") {
      const payload: ContainerContentsChanged = { hostId: host.id, containerId: contents.containerId };
      await facts.append({ type: inventoryFacts.containerContentsChanged, payload });
    }
    return outcome;
  });
}
