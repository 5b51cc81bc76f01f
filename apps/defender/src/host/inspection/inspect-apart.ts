import { Outage, Refusal } from "@rampart/kernel";
import { askChild } from "../ask-child.ts";
import { InspectionAnswer, type InspectionOrder } from "./order.ts";

export type ApartSettings = Readonly<{
  /** File that the child runs. */
  entry: string;
  signal: AbortSignal;
  timeoutMs?: number;
}>;

export type Written = Extract<InspectionAnswer, { type: "written" }>;

const timeoutMsDefault = 30 * 60_000;
/** A node_modules of 50,000 packages needs about half of it. */
const heapMbMax = 384;

/**
 * Inspects in a process of its own, which is gone afterwards whatever happens. Throws a Refusal when this can never be
 * inspected and an Outage when it may work another time.
 */
export async function inspectApart(order: InspectionOrder, settings: ApartSettings): Promise<Written> {
  const answer = await askChild(order, {
    ...settings,
    name: "the inspection process",
    answer: InspectionAnswer,
    heapMbMax,
    timeoutMs: settings.timeoutMs ?? timeoutMsDefault,
  });
  if (answer === "late") throw new Refusal("invalid", "inspection.took-too-long", "It took too long.");
  if (answer === "out-of-memory") {
    throw new Refusal("invalid", "inspection.memory-over-limit", "It needs too much memory.");
  }
  return toWritten(answer);
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
