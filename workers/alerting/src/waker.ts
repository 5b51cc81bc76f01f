import { deliverJob } from "@rampart/alerts/contract";
import { deliverOnceKey, listDueChannels } from "@rampart/alerts/jobs";
import type { Database } from "@rampart/database/unscoped";
import { systemClock } from "@rampart/kernel";
import { grantScope } from "@rampart/kernel/grant";
import { startRounds, type Queues } from "@rampart/queue";
import type { Logger, Running } from "@rampart/telemetry";

/** Bounds how late a retry, a bundle, or a delivery whose job was lost with the queue can be. */
const roundMs = 1_000;
const channelsAtOnceMax = 500;

type WakerPlatform = Readonly<{ database: Database; queues: Queues; logger: Logger }>;

/**
 * Looks for channels whose time has come and asks for their delivery. The rows are the durable outbox; jobs are only
 * their wake-up calls, so a queue that forgot everything delays deliveries by one round.
 */
export function startWaker({ database, queues, logger }: WakerPlatform): Running {
  async function wakeDue(): Promise<void> {
    const now = systemClock.now();
    for (const { tenantId, projectId, channelId } of await listDueChannels(database, now, channelsAtOnceMax)) {
      await queues.enqueue(
        grantScope(tenantId, projectId),
        deliverJob,
        { channelId },
        { id: deliverOnceKey(channelId, now) },
      );
    }
  }

  return startRounds({ name: "due channels", everyMs: roundMs, logger, work: wakeDue });
}
