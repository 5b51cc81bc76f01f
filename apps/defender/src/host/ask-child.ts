import { fork, type ChildProcess, type Serializable } from "node:child_process";
import { setPriority } from "node:os";
import { Outage } from "@rampart/kernel";
import type { z } from "zod";

export type ChildSettings<Answer extends z.ZodType> = Readonly<{
  /** File that the child runs. */
  entry: string;
  /** What it is called when it fails. */
  name: string;
  answer: Answer;
  /** Bound of its JavaScript heap. */
  heapMbMax: number;
  timeoutMs: number;
  signal: AbortSignal;
}>;

/** Below whatever the host is there for. */
const niceness = 10;
const lastWordsMax = 2_048;

/**
 * Starts a process, gives it an order and waits for its one answer. It is gone afterwards, whatever happens. Throws an
 * Outage when it ends without one.
 */
export async function askChild<Answer extends z.ZodType>(
  order: Serializable,
  settings: ChildSettings<Answer>,
): Promise<z.infer<Answer> | "late" | "out-of-memory"> {
  const { signal } = settings;
  signal.throwIfAborted();
  const child = start(settings);
  let isLate = false;
  const stop = () => void child.kill("SIGKILL");
  const timer = setTimeout(() => {
    isLate = true;
    stop();
  }, settings.timeoutMs);
  signal.addEventListener("abort", stop, { once: true });
  try {
    return await answerOf(child, order, settings, () => isLate);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", stop);
    stop();
  }
}

function start({ entry, heapMbMax }: ChildSettings<z.ZodType>): ChildProcess {
  const child = fork(entry, [], {
    execArgv: [`--max-old-space-size=${heapMbMax}`, "--disable-warning=ExperimentalWarning"],
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    // Nothing of the Defender's environment, which may hold a token, is of use to a reader of files.
    env: { NODE_ENV: "production" },
  });
  if (child.pid !== undefined) lowerPriority(child.pid);
  return child;
}

function lowerPriority(pid: number): void {
  try {
    setPriority(pid, niceness);
  } catch {
    // It ended already, which is noticed elsewhere.
  }
}

function answerOf<Answer extends z.ZodType>(
  child: ChildProcess,
  order: Serializable,
  { answer, name }: ChildSettings<Answer>,
  isLate: () => boolean,
): Promise<z.infer<Answer> | "late" | "out-of-memory"> {
  return new Promise((resolve, reject) => {
    let lastWords = "";
    child.stderr?.on("data", (bytes: Buffer) => (lastWords = `${lastWords}${bytes.toString()}`.slice(-lastWordsMax)));
    child.once("error", (cause) => reject(new Outage(name, cause)));
    child.once("message", (message) => {
      const parsed = answer.safeParse(message);
      if (parsed.success) resolve(parsed.data);
      else reject(new Outage(name, parsed.error));
    });
    child.once("close", (code, killedBy) => {
      if (isLate()) return resolve("late");
      if (lastWords.includes("heap out of memory")) return resolve("out-of-memory");
      reject(new Outage(name, new Error(`it ended with ${killedBy ?? code}: ${lastWords}`)));
    });
    child.send(order, (cause) => cause && reject(new Outage(name, cause)));
  });
}
