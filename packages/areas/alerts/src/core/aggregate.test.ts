import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aggregate } from "./aggregate.ts";

const minute = 60_000;
const start = new Date("2026-01-05T10:00:00.000Z").getTime();

/** Due times, in ms after the start, of alerts that arrive at the given ms. */
function dueTimes(arrivals: readonly number[], periodMs: number): number[] {
  let lastDueAt: Date | null = null;
  return arrivals.map((arrival) => {
    lastDueAt = aggregate({ periodMs, lastDueAt }, new Date(start + arrival));
    return lastDueAt.getTime() - start;
  });
}

describe("aggregate", () => {
  test("the first goes at once, the rest of the period together at its end", () => {
    expect(dueTimes([0, 1, 30_000, 59_999], minute)).toEqual([0, minute, minute, minute]);
  });

  test("the first after a quiet period goes at once again", () => {
    expect(dueTimes([0, 5 * minute], minute)).toEqual([0, 5 * minute]);
  });

  test("a bundle opens a period of its own", () => {
    expect(dueTimes([0, 1, minute + 1], minute)).toEqual([0, minute, 2 * minute]);
  });

  test("without a period everything goes at once", () => {
    expect(dueTimes([0, 0, 1], 0)).toEqual([0, 0, 1]);
  });

  test("messages are at least a period apart and nothing waits longer than one", () => {
    const gaps = fc.array(fc.nat(3 * minute), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(gaps, fc.integer({ min: 1, max: minute }), (waits, periodMs) => {
        let at = 0;
        const arrivals = waits.map((wait) => (at += wait));
        const due = dueTimes(arrivals, periodMs);
        const moments = [...new Set(due)];
        moments
          .slice(1)
          .forEach((moment, index) => expect(moment - (moments[index] ?? 0)).toBeGreaterThanOrEqual(periodMs));
        due.forEach((moment, index) => {
          expect(moment).toBeGreaterThanOrEqual(arrivals[index] ?? 0);
          expect(moment - (arrivals[index] ?? 0)).toBeLessThanOrEqual(periodMs);
        });
      }),
    );
  });

  test("a period that was shortened does not keep alerts back for the old one", () => {
    const lastDueAt = new Date(start + 60 * minute);
    expect(aggregate({ periodMs: minute, lastDueAt }, new Date(start)).getTime() - start).toBe(minute);
  });
});
