import type { z } from "zod";

/** Worker processes, each with its own queue, scale and noisy neighbours. */
export const lanes = ["relay", "scanning", "intelligence", "alerting", "upkeep"] as const;
export type Lane = (typeof lanes)[number];

/** One kind of work: who does it, what it is told, how often it is tried. */
export type Job<Payload> = Readonly<{
  /** `area.verb-noun`; permanent once shipped. */
  name: string;
  lane: Lane;
  payload: z.ZodType<Payload>;
  /** Tries in all, with exponential back-off from one second between them. */
  attempts: number;
  /** Longest pause between two tries. */
  backoffMaxMs: number;
  /** What makes two requests the same piece of work, where no fact stands behind them. */
  key?: (payload: Payload) => string;
}>;

const attemptsDefault = 8;
const backoffMaxMsDefault = 5 * 60_000;

export function defineJob<Payload>(
  job: Omit<Job<Payload>, "attempts" | "backoffMaxMs"> & { attempts?: number; backoffMaxMs?: number },
): Job<Payload> {
  return { attempts: attemptsDefault, backoffMaxMs: backoffMaxMsDefault, ...job };
}
