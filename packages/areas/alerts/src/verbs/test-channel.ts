import type { ChannelTest, TestChannel } from "../contract.ts";
import type { AlertsCtx } from "../ports.ts";
import { channelNotFound } from "./get-channel.ts";

/** Sends a test alert at once, past all profiles and periods, and tells each step. Nothing is saved. */
export async function testChannel(ctx: AlertsCtx, asked: TestChannel): Promise<ChannelTest> {
  ctx.require("alerts.write");
  const target = {
    settings: asked.settings,
    secrets: { ...(await readStoredSecrets(ctx, asked.id)), ...asked.secrets },
  };
  ctx.media.check(target);
  const result = await ctx.media.sendTest(target);
  await ctx.unit(({ audit }) =>
    audit.record("alerts.channel.tested", {
      subject: `${asked.settings.transport}://${asked.settings.host}:${asked.settings.port}`,
      after: { ok: result.ok, steps: result.steps },
    }),
  );
  return result;
}

async function readStoredSecrets(ctx: AlertsCtx, id: string | undefined) {
  ctx.require("alerts.write");
  if (id === undefined) return {};
  return ctx.read(async ({ channels }) => {
    if ((await channels.find(id)) === null) throw channelNotFound();
    return channels.readSecrets(id);
  });
}
