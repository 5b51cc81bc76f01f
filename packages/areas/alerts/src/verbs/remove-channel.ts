import { Refusal } from "@rampart/kernel";
import type { RemoveChannel } from "../contract.ts";
import type { AlertsCtx } from "../ports.ts";
import { channelNotFound } from "./get-channel.ts";
import { forAudit } from "./save-channel.ts";

/** Removes a channel with what waits on it. One that profiles still send to is kept unless they may go too. */
export async function removeChannel(ctx: AlertsCtx, { id, withProfiles }: RemoveChannel): Promise<void> {
  ctx.require("alerts.write");
  await ctx.unit(async ({ channels, audit }) => {
    const before = await channels.find(id);
    if (before === null) throw channelNotFound();
    if (before.profiles.length > 0 && !withProfiles) {
      const names = before.profiles.map((name) => `"${name}"`).join(", ");
      throw new Refusal(
        "conflict",
        "alerts.channel.in-use",
        `Profiles send to "${before.name}": ${names}. Remove them too, or point them elsewhere first.`,
      );
    }
    await channels.remove(id);
    await audit.record("alerts.channel.removed", {
      subject: before.name,
      before: { ...forAudit(before), profiles: before.profiles },
    });
  });
}
