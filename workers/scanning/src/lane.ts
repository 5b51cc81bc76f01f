import type { QueueSettings } from "@rampart/config";
import type { Database } from "@rampart/database/unscoped";
import { inventoryJobs } from "@rampart/inventory/jobs";
import { runLane, type JobLedger } from "@rampart/queue";
import type { Logger } from "@rampart/telemetry";
import { vulnerabilityJobs } from "@rampart/vulnerabilities/jobs";

/** Reports applied and resources matched at the same time; each needs one database connection. */
const concurrencyDefault = 4;

export type ScanningPlatform = Readonly<{
  database: Database;
  queue: QueueSettings;
  ledger: JobLedger;
  logger: Logger;
  concurrency?: number;
}>;

/** Runs the scanning lane: what Defenders report becomes inventory, and its packages are matched. Any number may run. */
export function startScanning(platform: ScanningPlatform): { close(): Promise<void> } {
  const { queue, ledger, logger } = platform;
  return runLane({
    lane: "scanning",
    handlers: [...inventoryJobs(platform), ...vulnerabilityJobs(platform)],
    queue,
    ledger,
    logger,
    concurrency: platform.concurrency ?? concurrencyDefault,
  });
}
