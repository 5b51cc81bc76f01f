import { Defect, Refusal, messageOf } from "@rampart/kernel";
import { grantScope } from "@rampart/kernel/grant";
import type { QueueSettings } from "@rampart/config";
import type { Logger } from "@rampart/telemetry";
import { UnrecoverableError, type Job as QueuedJob } from "bullmq";
import { openWorker } from "./backend.ts";
import type { Lane } from "./define-job.ts";
import { Envelope } from "./envelope.ts";
import { bindHandler, type Handler } from "./handle.ts";

/** The durable memory of published work, kept in PostgreSQL, so that a queue that comes back empty loses nothing. */
export type JobLedger = Readonly<{
  settle(projectId: string, ledgerId: string): Promise<void>;
  park(projectId: string, ledgerId: string, error: string): Promise<void>;
}>;

export type RunningLane = Readonly<{ close(): Promise<void> }>;

const backoffStartMs = 1_000;
const backoffMaxMs = 30_000;
/** A worker that dies gives its jobs back after this long. */
const lockMs = 15_000;
/** How often the others look for such jobs; one is taken up at the second look after its lock ran out. */
const stalledLookMs = 5_000;

type LaneSettings = Readonly<{
  lane: Lane;
  handlers: readonly Handler[];
  queue: QueueSettings;
  ledger: JobLedger;
  logger: Logger;
  concurrency?: number;
}>;

/** Runs one lane until closed: the one place that knows how errors become retries. */
export function runLane(settings: LaneSettings): RunningLane {
  const byName = bindHandler(settings.handlers.filter((handler) => handler.lane === settings.lane));
  const worker = openWorker(settings.lane, settings.queue, (job) => runJob(job, byName, settings), {
    concurrency: settings.concurrency ?? 2,
    lockDuration: lockMs,
    stalledInterval: stalledLookMs,
    maxStalledCount: 5,
    settings: {
      backoffStrategy: (attempt, _type, _error, job) =>
        withJitter(
          Math.min(backoffStartMs * 2 ** (attempt - 1), byName.get(job?.name ?? "")?.backoffMaxMs ?? backoffMaxMs),
        ),
    },
  });
  worker.on("error", (error) => settings.logger.warn({ lane: settings.lane, err: error }, "queue unavailable"));
  return { close: () => worker.close() };
}

async function runJob(job: QueuedJob, byName: ReadonlyMap<string, Handler>, lane: LaneSettings): Promise<void> {
  const envelope = Envelope.parse(job.data);
  const handler = byName.get(job.name);
  const logged = { lane: lane.lane, job: job.name, project: envelope.projectId, attempt: job.attemptsMade + 1 };
  const startedAt = performance.now();
  try {
    if (handler === undefined) throw new Defect(`no handler for the job "${job.name}" in lane ${lane.lane}`);
    await handler.run(grantScope(envelope.tenantId, envelope.projectId), envelope.payload);
  } catch (error) {
    const final = error instanceof Refusal || job.attemptsMade + 1 >= (job.opts.attempts ?? 1);
    lane.logger[error instanceof Defect ? "error" : "warn"]({ ...logged, final, err: error }, "job failed");
    if (final && envelope.ledgerId !== undefined) {
      await lane.ledger.park(envelope.projectId, envelope.ledgerId, messageOf(error));
    }
    // A Refusal cannot become a yes by asking again; everything else may.
    if (error instanceof Refusal) throw new UnrecoverableError(error.message);
    throw error;
  }
  if (envelope.ledgerId !== undefined) await lane.ledger.settle(envelope.projectId, envelope.ledgerId);
  lane.logger.debug({ ...logged, ms: Math.round(performance.now() - startedAt) }, "job done");
}

function withJitter(ms: number): number {
  return Math.round(ms * (0.75 + Math.random() * 0.5));
}
