import type { Database } from "@rampart/database/unscoped";
import { claimFrames } from "@rampart/fleet";
import { ingestFrameJob } from "@rampart/inventory/contract";
import { Outage } from "@rampart/kernel";
import { grantScope } from "@rampart/kernel/grant";
import type { Queues } from "@rampart/queue";
import type { Logger } from "@rampart/telemetry";

const batchRows = 200;

/** Enqueues what Defenders reported. The frame's own row is the durable memory: unforgotten frames are claimed again. */
export async function publishFrames(database: Database, queues: Queues, logger: Logger): Promise<void> {
  try {
    for (;;) {
      const frames = await claimFrames(database, batchRows);
      for (const { tenantId, projectId, ...frame } of frames) {
        await queues.enqueue(grantScope(tenantId, projectId), ingestFrameJob, frame);
      }
      if (frames.length < batchRows) return;
    }
  } catch (error) {
    if (!(error instanceof Outage)) throw error;
    logger.warn({ err: error }, "queue away; frames are claimed again later");
  }
}
