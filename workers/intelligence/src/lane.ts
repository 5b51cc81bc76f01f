import type { QueueSettings } from "@rampart/config";
import type { Database } from "@rampart/database/unscoped";
import { runLane, type JobLedger } from "@rampart/queue";
import type { Sealer } from "@rampart/secrets";
import type { Logger, Running } from "@rampart/telemetry";
import { vulnerabilityJobs } from "@rampart/vulnerabilities/jobs";
import { startRefresh } from "./refresh.ts";

/** One import and one project's comparison at the same time; imports wait for each other by themselves. */
const concurrencyDefault = 2;

export type IntelligencePlatform = Readonly<{
  database: Database;
  sealer: Sealer;
  queue: QueueSettings;
  ledger: JobLedger;
  logger: Logger;
  feedFolder?: string;
  concurrency?: number;
}>;

/** Runs the intelligence lane: advisories in, findings compared again. Any number may run at once. */
export function startIntelligence(platform: IntelligencePlatform): Running {
  const { queue, ledger, logger } = platform;
  const lane = runLane({
    lane: "intelligence",
    handlers: vulnerabilityJobs(platform),
    queue,
    ledger,
    logger,
    concurrency: platform.concurrency ?? concurrencyDefault,
  });
  const refresh = startRefresh(platform);
  return {
    async close() {
      await refresh.close();
      await lane.close();
    },
  };
}
