import { createPostgresBackend, Queue, Worker, type Processor, type WorkerOptions } from "bullmq";
import type { QueueSettings } from "@rampart/config";
import { Redis } from "ioredis";

/** The schema in which BullMQ keeps its tables when there is no Redis. */
export const queueSchema = "queue";
/** A hash tag, so that all keys of a queue fall into one slot of a Redis Cluster. */
const keyPrefix = "{rampart}";
const poolMax = 3;

/** Opens one queue on whichever backend the installation has. Throws nothing while the backend is away; adding does. */
export function openQueue(name: string, settings: QueueSettings): Queue {
  if (settings.kind === "postgres") {
    const connection = { connectionString: settings.url, schema: queueSchema, max: poolMax };
    // A Queue carries its backend in its type; what is used of it here is the same on both.
    return new Queue(name, { connection }, createPostgresBackend) as unknown as Queue;
  }
  // A request must fail fast when Redis is away, so that the caller can keep the work and try later.
  const connection = new Redis(settings.url, {
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    lazyConnect: false,
  });
  connection.on("error", () => undefined); // reconnects by itself; requests report the failure
  return new Queue(name, { connection, prefix: keyPrefix, skipWaitingForReady: false });
}

/** Opens one worker on whichever backend the installation has; it waits for the backend as long as it takes. */
export function openWorker(
  name: string,
  settings: QueueSettings,
  processor: Processor,
  options: Omit<WorkerOptions, "connection">,
): Worker {
  if (settings.kind === "postgres") {
    const connection = { connectionString: settings.url, schema: queueSchema, max: poolMax };
    const all = { ...options, connection } as unknown as WorkerOptions;
    return new Worker(name, processor, all, createPostgresBackend as never);
  }
  const connection = new Redis(settings.url, { maxRetriesPerRequest: null });
  connection.on("error", () => undefined);
  return new Worker(name, processor, { ...options, connection, prefix: keyPrefix });
}
