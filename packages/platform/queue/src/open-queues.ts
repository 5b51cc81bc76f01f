import { Outage, type ProjectScope } from "@rampart/kernel";
import type { QueueSettings } from "@rampart/config";
import type { Queue } from "bullmq";
import { openQueue } from "./backend.ts";
import type { Job, Lane } from "./define-job.ts";
import { jobId, type Envelope } from "./envelope.ts";

/** Parked jobs stay visible this long and this many per lane. */
const failedKept = { age: 7 * 24 * 3600, count: 1_000 };

export type EnqueueOptions = Readonly<{
  delayMs?: number;
  /** Identity of this request; the job's own key otherwise. Asking twice with one id is one piece of work. */
  id?: string;
  ledgerId?: string;
}>;

export type Queues = Readonly<{
  /** Adds work for a lane. Throws an Outage when the backend is away; nothing was added then. */
  enqueue<Payload>(scope: ProjectScope, job: Job<Payload>, payload: Payload, options?: EnqueueOptions): Promise<void>;
  /** Jobs waiting, running or delayed in a lane. */
  depth(lane: Lane): Promise<number>;
  close(): Promise<void>;
}>;

export function openQueues(settings: QueueSettings): Queues {
  const queues = new Map<Lane, Queue>();

  function queueOf(lane: Lane): Queue {
    const open = queues.get(lane) ?? openQueue(lane, settings);
    queues.set(lane, open);
    return open;
  }

  return {
    async enqueue(scope, job, payload, options = {}) {
      const envelope: Envelope = {
        tenantId: scope.tenantId,
        projectId: scope.projectId,
        payload: job.payload.parse(payload),
        ...(options.ledgerId !== undefined && { ledgerId: options.ledgerId }),
      };
      const key = options.id ?? job.key?.(payload);
      try {
        await queueOf(job.lane).add(job.name, envelope, {
          ...(key !== undefined && { jobId: jobId(scope.projectId, job.name, key) }),
          ...(options.delayMs !== undefined && { delay: options.delayMs }),
          attempts: job.attempts,
          backoff: { type: "custom" },
          removeOnComplete: true,
          removeOnFail: failedKept,
        });
      } catch (cause) {
        throw new Outage(`the job queue (${settings.kind})`, cause);
      }
    },
    async depth(lane) {
      const counts = await queueOf(lane).getJobCounts("waiting", "active", "delayed", "prioritized");
      return Object.values(counts).reduce((sum, count) => sum + count, 0);
    },
    async close() {
      await Promise.all([...queues.values()].map((queue) => queue.close()));
    },
  };
}
