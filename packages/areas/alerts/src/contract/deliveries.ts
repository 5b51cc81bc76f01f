import { PageRequest, pageOf, Severity } from "@rampart/kernel";
import { z } from "zod";
import { AlertFactType } from "./alert.ts";
import { AttachedLabel, declaredLabelsMax } from "./labels.ts";

/**
 * `queued`: waits for its moment. `sending`: handed to the channel. `sent`: arrived, as far as the channel can tell.
 * `failed`: tried in vain, will be tried again. `given-up`: not delivered within a day; waits for a person.
 */
export const deliveryStates = ["queued", "sending", "sent", "failed", "given-up"] as const;
export const DeliveryState = z.enum(deliveryStates);
export type DeliveryState = z.infer<typeof DeliveryState>;

/** Newest first. `search` matches the sentence. */
export const ListDeliveries = PageRequest.extend({
  states: z.array(DeliveryState).max(deliveryStates.length).optional(),
  channelId: z.uuid().optional(),
  profileId: z.uuid().optional(),
  factType: AlertFactType.optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
});
export type ListDeliveries = z.infer<typeof ListDeliveries>;

export const DeliveryRow = z.object({
  id: z.uuid(),
  state: DeliveryState,
  channelId: z.uuid(),
  channelName: z.string(),
  profileId: z.uuid().nullable(),
  profileName: z.string(),
  factType: AlertFactType,
  at: z.iso.datetime(),
  severity: Severity,
  sentence: z.string(),
  labels: z.array(AttachedLabel).max(declaredLabelsMax),
  /** Why this profile sent it. */
  because: z.string(),
  attempts: z.int().nonnegative(),
  lastError: z.string().nullable(),
  createdAt: z.iso.datetime(),
  /** Not before this moment; null once sent or given up. */
  nextAttemptAt: z.iso.datetime().nullable(),
  sentAt: z.iso.datetime().nullable(),
  /** From the fact to the receiver, in milliseconds; null until sent. */
  latencyMs: z.int().nullable(),
});
export type DeliveryRow = z.infer<typeof DeliveryRow>;
export const DeliveryPage = pageOf(DeliveryRow);

export const DeliveryCounts = z.record(DeliveryState, z.int().nonnegative());
export type DeliveryCounts = z.infer<typeof DeliveryCounts>;

export const resendMax = 1_000;

/** Sends given-up deliveries anew: those named, or all of one channel. */
export const ResendDeliveries = z.union([
  z.object({ ids: z.array(z.uuid()).min(1).max(resendMax) }),
  z.object({ channelId: z.uuid() }),
]);
export type ResendDeliveries = z.infer<typeof ResendDeliveries>;
export const Resent = z.object({ resent: z.int().nonnegative() });
export type Resent = z.infer<typeof Resent>;
