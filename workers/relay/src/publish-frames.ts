import type { Database } from "@rampart/database/unscoped";
import { claimFrames, releaseFrames, type ClaimedFrame } from "@rampart/fleet";
import { ingestFrameJob } from "@rampart/inventory/contract";
import { grantScope } from "@rampart/kernel/grant";
import type { Queues } from "@rampart/queue";
import { enqueueAll } from "./enqueue-all.ts";

const batchRows = 200;

/** Enqueues what Defenders reported. The frame's own row is the durable memory: unforgotten frames are claimed again. */
export async function publishFrames(database: Database, queues: Queues): Promise<void> {
  async function enqueue({ tenantId, projectId, ...frame }: ClaimedFrame): Promise<void> {
    await queues.enqueue(grantScope(tenantId, projectId), ingestFrameJob, frame);
  }

  for (;;) {
    const frames = await claimFrames(database, batchRows);
    await enqueueAll(frames, enqueue, (left) => releaseFrames(database, left));
    if (frames.length < batchRows) return;
  }
}
