import { DefenderFact } from "@rampart/fleet/contract";
import { defineJob } from "@rampart/queue/jobs";
import { RulesViolated } from "@rampart/vulnerabilities/contract";
import { z } from "zod";

/** A fact as its subscription hears it: one variant per type, with the payload that its own area promises. */
export type RouteFact =
  | Readonly<{ type: "vulnerabilities.rules-violated"; payload: RulesViolated }>
  | Readonly<{ type: "fleet.defender-disconnected" | "fleet.defender-connected"; payload: DefenderFact }>;

export const routeRulesViolatedJob = defineJob({
  name: "alerts.route-rules-violated",
  lane: "alerting",
  payload: RulesViolated,
  key: ({ violations }) => violations[0]?.auditId ?? "none",
});
export const routeDefenderDisconnectedJob = defineJob({
  name: "alerts.route-defender-disconnected",
  lane: "alerting",
  payload: DefenderFact,
});
export const routeDefenderConnectedJob = defineJob({
  name: "alerts.route-defender-connected",
  lane: "alerting",
  payload: DefenderFact,
});

/** Sends what is due on one channel. The rows of `alerts_delivery` are the memory; the job only wakes the work up. */
export const DeliverChannel = z.object({ channelId: z.uuid() });
export type DeliverChannel = z.infer<typeof DeliverChannel>;

export const deliverJob = defineJob({ name: "alerts.deliver", lane: "alerting", payload: DeliverChannel, attempts: 3 });

/** A channel that could not send several times in a row; told once until it sends again. */
export const ChannelFailing = z.object({
  channelId: z.uuid(),
  name: z.string().max(128),
  error: z.string().max(1_024),
});
export type ChannelFailing = z.infer<typeof ChannelFailing>;
export const alertFacts = {
  "alerts.channel-failing": ChannelFailing,
  "alerts.channel-recovered": ChannelFailing.omit({ error: true }),
} as const;
