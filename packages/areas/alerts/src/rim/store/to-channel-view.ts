import type { Tx } from "@rampart/database";
import { ChannelSettings, secretNames, type ChannelView } from "../../contract.ts";
import { destinationOf } from "../../core/destination-of.ts";

export type ChannelUse = Readonly<{ waiting: number; givenUp: number; profiles: string[] }>;
export type StoredChannel = NonNullable<Awaited<ReturnType<Tx["alertsChannel"]["findUnique"]>>>;

const unused: ChannelUse = { waiting: 0, givenUp: 0, profiles: [] };

/** A stored channel as people see it. Of secrets only the names leave. */
export function toChannelView(row: StoredChannel, secretsHeld: readonly string[], use = unused): ChannelView {
  const settings = ChannelSettings.parse(row.settings);
  return {
    id: row.id,
    name: row.name,
    enabled: row.enabled,
    settings,
    secretsStored: secretNames.filter((name) => secretsHeld.includes(name)),
    destination: destinationOf(settings),
    state: stateOf(row, use),
    failingSince: row.failingSince?.toISOString() ?? null,
    failures: row.failures,
    lastError: row.lastError,
    lastSentAt: row.lastSentAt?.toISOString() ?? null,
    nextAttemptAt: row.enabled && use.waiting > 0 ? (row.wakeAt?.toISOString() ?? null) : null,
    waiting: use.waiting,
    givenUp: use.givenUp,
    profiles: use.profiles,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

function stateOf(row: StoredChannel, { waiting }: ChannelUse): ChannelView["state"] {
  if (!row.enabled) return "off";
  if (row.failures > 0) return "failing";
  return waiting > 0 ? "waiting" : "idle";
}
