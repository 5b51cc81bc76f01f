import { fork, type ChildProcess } from "node:child_process";
import { setPriority } from "node:os";
import { Outage, Refusal } from "@rampart/kernel";
import { InspectionAnswer, type InspectionOrder } from "./order.ts";

export type ApartSettings = Readonly<{
  /** File that the child runs. */
  entry: string;
  signal: AbortSignal;
  timeoutMs?: number;
}>;

export type Written = Extract<InspectionAnswer, { type: "written" }>;

const timeoutMsDefault = 30 * 60_000;
/** Bound of the child's JavaScript heap; a node_modules of 50,000 packages needs about half of it. */
const heapMbMax = 384;
/** Below whatever the host is there for. */
const niceness = 10;
const lastWordsMax = 2_048;

/**
 * Inspects in a process of its own, which is gone afterwards whatever happens. Throws a Refusal when this can never be
 * inspected and an Outage when it may work another time.
 */
export async function inspectApart(order: InspectionOrder, settings: ApartSettings): Promise<Written> {
  settings.signal.throwIfAborted();
  const child = start(settings.entry);
  let isLate = false;
  const stop = () => void child.kill("SIGKILL");
  const timer = setTimeout(() => {
    isLate = true;
    stop();
  }, settings.timeoutMs ?? timeoutMsDefault);
  settings.signal.addEventListener("abort", stop, { once: true });
  try {
    return toWritten(await answerOf(child, order, () => isLate));
  } finally {
    clearTimeout(timer);
    settings.signal.removeEventListener("abort", stop);
    stop();
  }
}

function start(entry: string): ChildProcess {
  const child = fork(entry, [], {
    execArgv: [`--max-old-space-size=${heapMbMax}`, "--disable-warning=ExperimentalWarning"],
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    // Nothing of the Defender's environment, which may hold a token, is of use to a reader of archives.
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

function answerOf(child: ChildProcess, order: InspectionOrder, isLate: () => boolean): Promise<InspectionAnswer> {
  return new Promise((resolve, reject) => {
    let lastWords = "";
    child.stderr?.on("data", (bytes: Buffer) => (lastWords = `${lastWords}${bytes.toString()}`.slice(-lastWordsMax)));
    child.once("error", (cause) => reject(new Outage("the inspection process", cause)));
    child.once("message", (message) => {
      const answer = InspectionAnswer.safeParse(message);
      if (answer.success) resolve(answer.data);
      else reject(new Outage("the inspection process", answer.error));
    });
    child.once("close", (code, killedBy) => {
      if (isLate())
        return resolve({ type: "refused", reason: "inspection.took-too-long", message: "It took too long." });
      if (lastWords.includes("heap out of memory")) {
        return resolve({
          type: "refused",
          reason: "inspection.memory-over-limit",
          message: "It needs too much memory.",
        });
      }
      reject(new Outage("the inspection process", new Error(`it ended with ${killedBy ?? code}: ${lastWords}`)));
    });
    child.send(order, (cause) => cause && reject(new Outage("the inspection process", cause)));
  });
}

function toWritten(answer: InspectionAnswer): Written {
  switch (answer.type) {
    case "written":
      return answer;
    case "refused": {
      const isGone = answer.reason.endsWith(".not-found");
      throw new Refusal(isGone ? "not-found" : "invalid", answer.reason, answer.message);
    }
    case "failed":
      throw new Outage("the inspection", new Error(answer.message));
  }
}
