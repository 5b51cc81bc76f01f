import { hostname } from "node:os";
import type { SyslogSender } from "../../core/syslog/compose-messages.ts";
import type { ChannelsPort, ChannelTarget } from "../../ports.ts";
import type { ProjectScope } from "@rampart/kernel";
import { syslog } from "./syslog.ts";

/** Every channel by its kind. With more than one kind, `channelOf` is where a target meets its channel. */
const channels = { syslog };

const channelOf = ({ settings }: ChannelTarget) => channels[settings.kind];

export function channelsPort(scope: ProjectScope): ChannelsPort {
  const sender: SyslogSender = { hostname: hostname(), procId: String(process.pid), projectId: scope.projectId };
  return {
    check: (target) => void channelOf(target).parseSettings(target),
    send: (target, alerts) => channelOf(target).send(target, alerts, sender),
    sendTest: (target) => channelOf(target).sendTest(target, sender),
  };
}
