import { expect, test } from "vitest";
import fc from "fast-check";
import { backOffMs, countFailure, restartDelayMs, wellAfterMs } from "./back-off.ts";

test("waits 1, 2, 4 … and never more than 30 seconds", () => {
  expect([1, 2, 3, 4, 5, 6, 60].map(restartDelayMs)).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
});

test("waits at least as long after one more failure", () => {
  fc.assert(
    fc.property(fc.nat(1_000), (failures) => {
      expect(restartDelayMs(failures + 1)).toBeGreaterThanOrEqual(restartDelayMs(failures));
      expect(restartDelayMs(failures)).toBeLessThanOrEqual(backOffMs.most);
    }),
  );
});

test("forgets failures of a part that was well for a minute", () => {
  expect(countFailure(7, wellAfterMs)).toBe(1);
  expect(countFailure(7, wellAfterMs - 1)).toBe(8);
});
