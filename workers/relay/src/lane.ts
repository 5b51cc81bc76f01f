import { factChannel } from "@rampart/database";
import { listUnsettledJobs, type Database } from "@rampart/database/unscoped";
import { startRounds, type Queues, type Subscription } from "@rampart/queue";
import type { Logger } from "@rampart/telemetry";
import { frameChannel } from "@rampart/fleet/contract";
import { enqueueLedgerRows, type EnqueueLedgerRows } from "./enqueue-ledger-rows.ts";
import { publishFacts } from "./publish-facts.ts";
import { publishFrames } from "./publish-frames.ts";
import { subscriptions as allSubscriptions } from "./subscriptions.ts";

/** Notices wake the relay at once; these periods only bound the delay when a notice is lost. */
const roundMs = 5_000;
const sweepMs = 10_000;
/** A job is looked after again when it is not done this long after it was published. */
const unsettledMs = 120_000;
const sweepRows = 500;

type RelayPlatform = Readonly<{ database: Database; queues: Queues; logger: Logger }>;

/** Starts the relay: facts from the outbox and frames from the inbox become jobs. Any number may run at once. */
export async function startRelay(
  platform: RelayPlatform,
  subscriptions: readonly Subscription[] = allSubscriptions,
): Promise<{ close(): Promise<void> }> {
  const { database, queues, logger } = platform;
  const enqueue = enqueueLedgerRows({ ...platform, jobs: subscriptions.map((subscription) => subscription.job) });
  const facts = startRounds({
    name: "facts",
    everyMs: roundMs,
    logger,
    work: () => publishFacts(database, subscriptions, enqueue),
  });
  const frames = startRounds({
    name: "frames",
    everyMs: roundMs,
    logger,
    work: () => publishFrames(database, queues),
  });
  const sweep = startRounds({ name: "ledger", everyMs: sweepMs, logger, work: () => sweepLedger(database, enqueue) });
  const heard = [await database.listen(factChannel, facts.wake), await database.listen(frameChannel, frames.wake)];
  return {
    async close() {
      await Promise.all([...heard, facts, frames, sweep].map((part) => part.close()));
    },
  };
}

async function sweepLedger(database: Database, enqueue: EnqueueLedgerRows): Promise<void> {
  const rows = await database.installation((tx) => listUnsettledJobs(tx, unsettledMs, sweepRows));
  await enqueue(rows);
}
