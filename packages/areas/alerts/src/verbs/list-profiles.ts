import type { ProfileView } from "../contract.ts";
import type { AlertsCtx } from "../ports.ts";

export async function listProfiles(ctx: AlertsCtx): Promise<readonly ProfileView[]> {
  ctx.require("alerts.read");
  return ctx.read(({ profiles }) => profiles.list());
}
