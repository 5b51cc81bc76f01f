import { alertJobs } from "@rampart/alerts/jobs";
import type { QueueSettings } from "@rampart/config";
import type { Database } from "@rampart/database/unscoped";
import { runLane, type JobLedger, type Queues } from "@rampart/queue";
import type { Sealer } from "@rampart/secrets";
import type { Logger } from "@rampart/telemetry";
import { startWaker } from "./waker.ts";

/** Facts routed and channels served at the same time. A slow receiver holds one of these, never a transaction. */
const concurrencyDefault = 8;

export type AlertingPlatform = Readonly<{
  database: Database;
  sealer: Sealer;
  queue: QueueSettings;
  queues: Queues;
  ledger: JobLedger;
  logger: Logger;
  concurrency?: number;
}>;

/** Runs the alerting lane: facts become deliveries, due deliveries are sent. Any number may run at once. */
export function startAlerting(platform: AlertingPlatform): { close(): Promise<void> } {
  const { queue, ledger, logger } = platform;
  const lane = runLane({
    lane: "alerting",
    handlers: alertJobs(platform),
    queue,
    ledger,
    logger,
    concurrency: platform.concurrency ?? concurrencyDefault,
  });
  const waker = startWaker(platform);
  return {
    async close() {
      await waker.close();
      await lane.close();
    },
  };
}
