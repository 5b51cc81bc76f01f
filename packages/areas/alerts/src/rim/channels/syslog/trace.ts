import { messageOf } from "@rampart/kernel";
import type { TestStep } from "../../../contract.ts";
import { explainFailure } from "./explain-failure.ts";

/** Runs the steps of a delivery; a test of a channel also writes down what each of them answered. */
export type Trace = <Result>(
  step: string,
  work: () => Promise<Result>,
  answer: (result: Result) => string,
) => Promise<Result>;

export const untraced: Trace = (_step, work) => work();

const answerLengthMax = 1_024;

/** Records every step up to the first that fails. */
export function traceInto(steps: TestStep[]): Trace {
  return async (step, work, answer) => {
    const startedAt = performance.now();
    const record = (ok: boolean, text: string) =>
      steps.push({ step, ok, answer: text.slice(0, answerLengthMax), ms: Math.round(performance.now() - startedAt) });
    try {
      const result = await work();
      record(true, answer(result));
      return result;
    } catch (error) {
      record(false, messageOf(explainFailure(error)));
      throw error;
    }
  };
}
