import type { AreaCtx, Page } from "@rampart/kernel";
import type {
  Alert,
  ChannelSecrets,
  ChannelSettings,
  ChannelTest,
  ChannelView,
  DeliveryCounts,
  DeliveryRow,
  ListDeliveries,
  ProfileView,
  ResendDeliveries,
  SaveProfile,
} from "./contract.ts";
import type { HeardFact } from "./core/to-alert.ts";

/** Where a channel sends, with what it needs to be let in. */
export type ChannelTarget = Readonly<{ settings: ChannelSettings; secrets: ChannelSecrets }>;

/** The media that alerts leave by. */
export type ChannelsPort = Readonly<{
  /** Throws a Refusal that names what is wrong with settings that could never work, such as a damaged certificate. */
  check(target: ChannelTarget): void;
  /** Resolves once all alerts arrived, as far as the medium can tell; otherwise any of them may have to be sent again. */
  send(target: ChannelTarget, alerts: readonly Alert[]): Promise<void>;
  /** Sends one test alert at once and tells each step; failures are answers, not errors. */
  sendTest(target: ChannelTarget): Promise<ChannelTest>;
}>;

export type NewChannel = Readonly<{ id: string; name: string; enabled: boolean; target: ChannelTarget; at: Date }>;
export type ChannelState = Readonly<{
  name: string;
  failures: number;
  failingSince: Date | null;
  failingTold: boolean;
}>;
export type Lease = Readonly<{ id: string; now: Date; until: Date }>;

export type ChannelStore = Readonly<{
  list(): Promise<readonly ChannelView[]>;
  find(id: string): Promise<ChannelView | null>;
  findByName(name: string): Promise<ChannelView | null>;
  count(): Promise<number>;
  readSecrets(id: string): Promise<ChannelSecrets>;
  insert(channel: NewChannel): Promise<void>;
  /** A changed channel is tried at once and forgets its failures. */
  update(channel: NewChannel): Promise<void>;
  /** Removes the channel with its profiles and deliveries. */
  remove(id: string): Promise<void>;
  /** Takes the channel for one run; null when it is off, gone, waits for its next try, or is taken by another run. */
  lease(channelId: string, lease: Lease): Promise<(ChannelState & { target: ChannelTarget }) | null>;
  /** The state of a channel that this lease still holds, locked until the unit ends; null when another run took over. */
  lockLeased(channelId: string, leaseId: string): Promise<ChannelState | null>;
  /** Ends a lease. `wakeAt` is when the channel has something to do next. */
  release(channelId: string, outcome: ChannelOutcome): Promise<void>;
  /** Makes sure that the channel is served by `at`; a failing channel keeps waiting for its next try. */
  wake(channelId: string, at: Date): Promise<void>;
}>;

export type ChannelOutcome = Readonly<{
  wakeAt: Date | null;
  /** Absent when nothing was sent. */
  result?:
    | Readonly<{ kind: "sent"; at: Date }>
    | Readonly<{ kind: "failed"; failures: number; failingSince: Date; failingTold: boolean; error: string }>;
}>;

/** A profile as routing needs it; only those that are on, of channels that are on. */
export type ActiveProfile = SaveProfile & Readonly<{ id: string }>;

export type ProfileStore = Readonly<{
  list(): Promise<readonly ProfileView[]>;
  find(id: string): Promise<ProfileView | null>;
  findByName(name: string): Promise<ProfileView | null>;
  count(): Promise<number>;
  insert(profile: SaveProfile & { id: string }, at: Date): Promise<void>;
  update(profile: SaveProfile & { id: string }, at: Date): Promise<void>;
  remove(id: string): Promise<void>;
  listActive(): Promise<readonly ActiveProfile[]>;
  /** When the current period of a profile ends or ended, locked until the unit ends. */
  lockLastDue(id: string): Promise<Date | null>;
  setLastDue(id: string, at: Date): Promise<void>;
}>;

export type LabelStore = Readonly<{
  /** Declared names in order. */
  list(): Promise<readonly string[]>;
  replace(names: readonly string[]): Promise<void>;
}>;

export type HeardStore = Readonly<{
  /** Remembers facts; returns the ids of those that were not heard before. */
  add(heard: readonly HeardFact[], at: Date): Promise<ReadonlySet<string>>;
  /** The type of the last fact about a subject, which stays the last one until the unit ends. */
  lockLastType(subject: string): Promise<string | null>;
  listLast(count: number): Promise<readonly HeardFact[]>;
  /** Of the last facts, how many carry each of the labels. */
  countLabels(
    names: readonly string[],
    lastFacts: number,
  ): Promise<{ looked: number; carried: ReadonlyMap<string, number> }>;
}>;

export type NewDelivery = Readonly<{
  id: string;
  channelId: string;
  profileId: string;
  profileName: string;
  factId: string;
  because: string;
  dueAt: Date;
  createdAt: Date;
}>;

export type DeliveryStore = Readonly<{
  list(asked: ListDeliveries): Promise<Page<DeliveryRow>>;
  countByState(): Promise<DeliveryCounts>;
  insert(deliveries: readonly NewDelivery[]): Promise<void>;
  /** Takes what is due, in order, and marks it as being sent. */
  claimDue(channelId: string, now: Date, rowsMax: number): Promise<readonly { id: string; alert: Alert }[]>;
  markSent(ids: readonly string[], at: Date): Promise<void>;
  /**
   * Puts back what was taken, and gives up what was first due before `giveUpBefore`. When to try again is the channel's
   * affair: its deliveries keep their order. Returns how many were given up.
   */
  markFailed(failed: { channelId: string; ids: readonly string[]; error: string; giveUpBefore: Date }): Promise<number>;
  /** When the channel's next delivery is due; null when none waits. */
  nextDue(channelId: string): Promise<Date | null>;
  /** Queues given-up deliveries anew; returns how many per channel. */
  resend(asked: ResendDeliveries, at: Date): Promise<ReadonlyMap<string, number>>;
  /** Removes what was settled, and facts that were heard, before a time. Returns how many rows. */
  forget(before: Date, rowsMax: number): Promise<number>;
}>;

export type AlertStores = Readonly<{
  channels: ChannelStore;
  profiles: ProfileStore;
  labels: LabelStore;
  heard: HeardStore;
  deliveries: DeliveryStore;
}>;

export type AlertsCtx = AreaCtx<AlertStores> & Readonly<{ media: ChannelsPort }>;
