import type { SaveAlertLabels } from "../contract.ts";
import type { AlertsCtx } from "../ports.ts";

/** Declares which labels alerts carry from now on. Alerts that were already made stay as they are. */
export async function saveAlertLabels(ctx: AlertsCtx, { labels: asked }: SaveAlertLabels): Promise<void> {
  ctx.require("alerts.write");
  await ctx.unit(async ({ labels, audit }) => {
    const before = await labels.list();
    await labels.replace(asked);
    await audit.record("alerts.labels.updated", { before: { labels: before }, after: { labels: asked } });
  });
}
