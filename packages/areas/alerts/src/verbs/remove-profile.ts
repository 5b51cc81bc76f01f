import type { ProfileRef } from "../contract.ts";
import type { AlertsCtx } from "../ports.ts";
import { profileNotFound } from "./get-profile.ts";
import { forAudit } from "./save-profile.ts";

/** Removes a profile. What it has routed is still delivered, and stays in the list of deliveries. */
export async function removeProfile(ctx: AlertsCtx, { id }: ProfileRef): Promise<void> {
  ctx.require("alerts.write");
  await ctx.unit(async ({ profiles, audit }) => {
    const before = await profiles.find(id);
    if (before === null) throw profileNotFound();
    await profiles.remove(id);
    await audit.record("alerts.profile.removed", { subject: before.name, before: forAudit(before) });
  });
}
