import type { AlertLabels } from "../contract.ts";
import type { AlertsCtx } from "../ports.ts";

/** Alerts that are looked at to say which labels really occur. */
const alertsLookedMax = 1_000;

export async function getAlertLabels(ctx: AlertsCtx): Promise<AlertLabels> {
  ctx.require("alerts.read");
  return ctx.read(async ({ labels, heard }) => {
    const declared = await labels.list();
    const { looked, carried } = await heard.countLabels(declared, alertsLookedMax);
    return {
      labels: [...declared],
      carried: declared.map((name) => ({ name, alerts: carried.get(name) ?? 0 })),
      alertsLooked: looked,
    };
  });
}
