import { z } from "zod";
import { alertFactTypes, SaveProfile } from "../../contract.ts";
import type { AlertsCtx } from "../../ports.ts";
import { listChannels } from "../../verbs/list-channels.ts";
import { listProfiles } from "../../verbs/list-profiles.ts";
import { saveChannel } from "../../verbs/save-channel.ts";
import { saveProfile } from "../../verbs/save-profile.ts";
import { SyslogBlock, toSyslogBlock } from "./reference-profile.ts";
import { saveSyslogChannel } from "./save-reference-profile.ts";

/** The channel and the profile behind the one log destination that the reference API knows. */
export const loggingName = "Logging";

export const LoggingSettings = z.object({
  syslog: SyslogBlock.extend({ enabled: z.boolean().default(false) }).default(SyslogBlock.parse({ enabled: false })),
});
export type LoggingSettings = z.infer<typeof LoggingSettings>;

export async function readLogging(ctx: AlertsCtx) {
  const channel = await findLogging(ctx);
  const syslog =
    channel === undefined ? { enabled: false, addr: "", cert: "", id: "", verboseScan: false } : toSyslogBlock(channel);
  return {
    syslog: { ...syslog, allProcEvents: false },
    stdout: { enabled: false, verboseScan: false, allProcEvents: false },
    enableMetricsCollection: false,
    includeRuntimeLink: false,
  };
}

/** Everything that alerts know goes to this destination. Switched off, its settings stay. */
export async function saveLogging(ctx: AlertsCtx, { syslog }: LoggingSettings): Promise<void> {
  // Asked before anything is looked at: a request that would change nothing is a write all the same.
  ctx.require("alerts.write");
  const held = await findLogging(ctx);
  if (!syslog.enabled && syslog.addr === "") {
    if (held !== undefined) await saveChannel(ctx, { ...held, enabled: false, secrets: {}, withDefaultProfile: false });
    return;
  }
  const channel = await saveSyslogChannel(ctx, held, { name: loggingName, syslog });
  if ((await listProfiles(ctx)).some(({ channelId }) => channelId === channel.id)) return;
  await saveProfile(ctx, SaveProfile.parse({ name: loggingName, channelId: channel.id, factTypes: alertFactTypes }));
}

async function findLogging(ctx: AlertsCtx) {
  return (await listChannels(ctx)).find(({ name }) => name === loggingName);
}
