import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { giveUpBefore, planRetry, retryFirstMs, retryLongestMs } from "./plan-retry.ts";

describe("planRetry", () => {
  test("doubles from a second to an hour", () => {
    expect([1, 2, 3, 12, 13, 14].map(planRetry)).toEqual([1_000, 2_000, 4_000, 2_048_000, 3_600_000, 3_600_000]);
  });

  test("never waits less after one more failure, and never leaves its bounds", () => {
    fc.assert(
      fc.property(fc.nat(10_000), (failures) => {
        const wait = planRetry(failures);
        return wait >= retryFirstMs && wait <= retryLongestMs && planRetry(failures + 1) >= wait;
      }),
    );
  });
});

test("a delivery is given up a day after it was first due", () => {
  expect(giveUpBefore(new Date("2026-01-06T10:00:00.000Z"))).toEqual(new Date("2026-01-05T10:00:00.000Z"));
});
