import { syslogMessageBytes, type Alert, type SyslogSettings } from "../../contract.ts";
import { formatMessage } from "./format-message.ts";
import type { Pair } from "./fit-pairs.ts";
import { toRecords } from "./to-records.ts";

/** Who speaks: fixed per process, part of every message's header. */
export type SyslogSender = Readonly<{ hostname: string; procId: string; projectId: string }>;

/** Name under which receivers find our messages. */
export const syslogAppName = "rampart";

/** Keys that structured data leaves to the text: long ones, and those it has in a better form. */
const onlyInText: ReadonlySet<string> = new Set(["time", "msg", "custom_labels"]);

/** The messages that tell an alert, in order, each ready to be framed and sent. */
export function composeMessages(alert: Alert, settings: SyslogSettings, sender: SyslogSender): string[] {
  const bytesMax = messageBytesMax(settings);
  return toRecords(alert, settings).map(({ severity, pairs }) =>
    formatMessage(
      {
        facility: settings.facility,
        severity,
        timestamp: new Date(alert.at).toISOString(),
        hostname: sender.hostname,
        appName: syslogAppName,
        procId: sender.procId,
        msgId: alert.factType,
        params: [
          ...pairs.filter(([key]) => !onlyInText.has(key)),
          ...labelParams(alert),
          ["project", sender.projectId],
          ["fact", alert.factId],
        ],
        pairs,
      },
      bytesMax,
    ),
  );
}

/** One parameter per label: neither a colon in a name nor a comma in a value can be misread. */
function labelParams(alert: Alert): Pair[] {
  return alert.labels.map(({ name, value }) => ["label", `${name}=${value}`]);
}

export function messageBytesMax(settings: SyslogSettings): number {
  const usual = settings.transport === "udp" ? syslogMessageBytes.udpDefault : syslogMessageBytes.streamDefault;
  return settings.messageBytesMax ?? usual;
}
