import { fork } from "node:child_process";
import { createInterface } from "node:readline";
import { messageOf, Refusal } from "@rampart/kernel";

/** What a step sends to its parent as its last act. */
export type StepAnswer<Result> =
  | Readonly<{ type: "done"; result: Result }>
  | Readonly<{ type: "refused"; reason: string; message: string }>
  | Readonly<{ type: "failed"; message: string }>;

/**
 * Runs a short piece of work with the product's libraries in a process of its own, so that the supervisor, which stays
 * for months, never loads them.
 */
export function runStep<Result>(file: string, input: unknown, onLine: (line: string) => void): Promise<Result> {
  return new Promise((resolve, reject) => {
    const child = fork(file, { stdio: ["ignore", "pipe", "pipe", "ipc"], cwd: "/" });
    for (const stream of [child.stdout, child.stderr]) {
      if (stream !== null) createInterface({ input: stream }).on("line", onLine);
    }
    // The step and this function live in one folder; the type is the step's own.
    child.once("message", (message) => settle(message as StepAnswer<Result>, resolve, reject));
    child.once("error", reject);
    child.once("close", (code) => reject(new Error(`${file} ended early (exit code ${code}).`)));
    child.send({ input });
  });
}

function settle<Result>(
  answer: StepAnswer<Result>,
  resolve: (result: Result) => void,
  reject: (error: Error) => void,
): void {
  if (answer.type === "done") resolve(answer.result);
  else if (answer.type === "refused") reject(new Refusal("precondition", answer.reason, answer.message));
  else reject(new Error(answer.message));
}

/** The step's side: waits for the input, works, answers, ends. */
export function answerParent<Input, Result>(work: (input: Input) => Promise<Result>): void {
  process.once("message", (message: { input: Input }) => {
    void work(message.input)
      .then((result): StepAnswer<Result> => ({ type: "done", result }), toFailure)
      .then((answer) => process.send?.(answer, () => process.disconnect()));
  });
}

function toFailure(error: unknown): StepAnswer<never> {
  if (error instanceof Refusal) return { type: "refused", reason: error.reason, message: error.message };
  return { type: "failed", message: error instanceof Error ? (error.stack ?? error.message) : messageOf(error) };
}
