import { closeCodes } from "@rampart/protocol";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { returnDelayMs } from "./return-delay.ts";

describe("returnDelayMs", () => {
  test("obeys the gateway", () => {
    expect(returnDelayMs({ failures: 9, code: closeCodes.returnLater, returnAfterMs: 1_234 }, 0.5)).toBe(1_234);
  });

  test("asks seldom when only a person can help", () => {
    expect(returnDelayMs({ failures: 0, code: closeCodes.notEnrolled, returnAfterMs: null }, 0)).toBeGreaterThan(
      60_000,
    );
  });

  test("is never longer than a minute and never zero, and does not shrink with failures", () => {
    fc.assert(
      fc.property(fc.nat(1_000), fc.double({ min: 0, max: 1, noNaN: true }), (failures, random) => {
        const delay = returnDelayMs({ failures, code: 0, returnAfterMs: null }, random);
        const next = returnDelayMs({ failures: failures + 1, code: 0, returnAfterMs: null }, random);
        return delay >= 250 && delay <= 60_000 && next >= delay;
      }),
    );
  });
});
