import type { ChannelView } from "../contract.ts";
import type { AlertsCtx } from "../ports.ts";

export async function listChannels(ctx: AlertsCtx): Promise<readonly ChannelView[]> {
  ctx.require("alerts.read");
  return ctx.read(({ channels }) => channels.list());
}
