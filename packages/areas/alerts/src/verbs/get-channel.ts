import { Refusal } from "@rampart/kernel";
import type { ChannelRef, ChannelView } from "../contract.ts";
import type { AlertsCtx } from "../ports.ts";

export async function getChannel(ctx: AlertsCtx, { id }: ChannelRef): Promise<ChannelView> {
  ctx.require("alerts.read");
  const channel = await ctx.read(({ channels }) => channels.find(id));
  if (channel === null) throw channelNotFound();
  return channel;
}

export function channelNotFound(): Refusal {
  return new Refusal(
    "not-found",
    "alerts.channel.not-found",
    "There is no such channel in this project; perhaps it was removed.",
  );
}
