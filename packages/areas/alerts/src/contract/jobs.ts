import { defineJob } from "@rampart/queue/jobs";
import { z } from "zod";
import { AlertFactType } from "./alert.ts";

/** A fact as the relay found it in the outbox. `factId` makes hearing it twice one alert. */
export const RouteFact = z.object({
  factId: z.string().min(1).max(256),
  type: AlertFactType,
  payload: z.record(z.string().max(128), z.unknown()),
  /** When it was appended; used where the payload has no time of its own. */
  at: z.iso.datetime().optional(),
});
export type RouteFact = z.infer<typeof RouteFact>;

export const routeFactJob = defineJob({
  name: "alerts.route-fact",
  lane: "alerting",
  payload: RouteFact,
  key: (payload) => payload.factId,
});

/** Sends what is due on one channel. The rows of `alerts_delivery` are the memory; the job only wakes the work up. */
export const DeliverChannel = z.object({ channelId: z.uuid() });
export type DeliverChannel = z.infer<typeof DeliverChannel>;

export const deliverJob = defineJob({ name: "alerts.deliver", lane: "alerting", payload: DeliverChannel, attempts: 3 });

/** A channel that could not send several times in a row; told once until it sends again. */
export const ChannelFailing = z.object({ channelId: z.uuid(), name: z.string().max(128), error: z.string().max(1_024) });
export type ChannelFailing = z.infer<typeof ChannelFailing>;
export const alertFacts = {
  "alerts.channel-failing": ChannelFailing,
  "alerts.channel-recovered": ChannelFailing.omit({ error: true }),
} as const;
