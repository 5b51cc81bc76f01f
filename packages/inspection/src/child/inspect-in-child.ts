import { fork } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import { Defect, Outage, Refusal } from "@rampart/kernel";
import type { Inspection } from "../contract.ts";
import type { InspectionRequest } from "../inspect.ts";
import type { OnProgress } from "../sources/image-parts.ts";
import { ChildMessage } from "./messages.ts";
import type { ParentMessage } from "./messages.ts";

export type InspectInChildOptions = Readonly<{
  /** File that the child runs: `child.ts`, or what a bundler made of it. */
  entry?: string;
  signal?: AbortSignal;
  timeoutMs?: number;
  /** Bound of the child's JavaScript heap. Its buffers come on top, bounded by the limits of the inspection. */
  memoryMbMax?: number;
  onProgress?: OnProgress;
}>;

const timeoutMsDefault = 15 * 60 * 1000;
const memoryMbDefault = 256;
/** Kept of what a dying child wrote, for the error. */
const lastWordsMax = 2048;

/** Inspects in a process of its own, which is gone afterwards whatever happens. */
export async function inspectInChild(
  request: InspectionRequest,
  options: InspectInChildOptions = {},
): Promise<Inspection> {
  options.signal?.throwIfAborted();
  const child = startChild(options);
  const stop = () => void child.kill("SIGKILL");
  const deadline = AbortSignal.timeout(options.timeoutMs ?? timeoutMsDefault);
  deadline.addEventListener("abort", stop, { once: true });
  options.signal?.addEventListener("abort", stop, { once: true });
  try {
    return await converse(child, request, { ...options, deadline });
  } finally {
    deadline.removeEventListener("abort", stop);
    options.signal?.removeEventListener("abort", stop);
    stop();
  }
}

function startChild({ entry, memoryMbMax = memoryMbDefault }: InspectInChildOptions): ChildProcess {
  // Looked up only when needed: a bundle in CommonJS form has no import.meta.url and always names its entry.
  const file = entry ?? fileURLToPath(new URL("child.ts", import.meta.url));
  return fork(file, [], {
    execArgv: [`--max-old-space-size=${memoryMbMax}`, "--disable-warning=ExperimentalWarning"],
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    serialization: "advanced",
    // Nothing of the asker's environment, which may hold secrets, is of use to a reader of archives.
    env: { NODE_ENV: "production" },
  });
}

type Conversation = InspectInChildOptions & Readonly<{ deadline: AbortSignal }>;

function converse(child: ChildProcess, request: InspectionRequest, options: Conversation): Promise<Inspection> {
  return new Promise((resolve, reject) => {
    let lastWords = "";
    child.stderr?.on(
      "data",
      (bytes: Buffer) => (lastWords = (lastWords + bytes.toString("utf8")).slice(-lastWordsMax)),
    );
    child.once("error", (error) => reject(new Outage("inspection process", error)));
    child.once("exit", (code, killedBy) => reject(endedEarly({ code, killedBy, lastWords }, options)));
    child.on("message", (received) => {
      const parsed = ChildMessage.safeParse(received);
      if (!parsed.success) return reject(new Defect(`the inspection process spoke nonsense: ${parsed.error.message}`));
      const message = parsed.data;
      switch (message.type) {
        case "ready":
          return void child.send({ type: "inspect", request } satisfies ParentMessage);
        case "progress":
          return options.onProgress?.(message);
        case "inspected":
          return resolve(message.inspection);
        case "refused":
          return reject(new Refusal(message.kind, message.reason, message.message));
        case "failed":
          return reject(toError(message.system, message.message));
      }
    });
  });
}

function toError(system: string | null, message: string): Error {
  return system === null ? new Defect(`inspection failed: ${message}`) : new Outage(system, new Error(message));
}

type End = Readonly<{ code: number | null; killedBy: string | null; lastWords: string }>;

function endedEarly({ code, killedBy, lastWords }: End, { signal, deadline }: Conversation): unknown {
  if (signal?.aborted === true) return signal.reason;
  if (deadline.aborted) {
    return new Refusal("limit", "inspection.took-too-long", "The inspection was stopped because it took too long.");
  }
  if (lastWords.includes("heap out of memory")) {
    return new Refusal(
      "limit",
      "inspection.memory-over-limit",
      "The image needs more memory than an inspection may use.",
    );
  }
  return new Outage("inspection process", new Error(`it ended with ${killedBy ?? code}: ${lastWords.slice(-500)}`));
}
