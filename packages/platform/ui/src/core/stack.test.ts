import fc from "fast-check";
import { expect, test } from "vitest";
import { niceCeiling, stackSegments } from "./stack.ts";

test("segments fill the line exactly, in order, and hide nothing that exists", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 5 }), (values) => {
      const segments = stackSegments(values, 100);
      const filled = segments.reduce((sum, { size }) => sum + size, 0);
      expect(filled).toBeCloseTo(values.some((value) => value > 0) ? 100 : 0);
      return segments.every(({ size }, index) => (values[index] ?? 0) === 0 || size > 0);
    }),
  );
});

test("an axis ends at a round number that is not below the data", () => {
  fc.assert(fc.property(fc.nat(10_000_000), (value) => niceCeiling(value) >= value));
  expect([0, 3, 7, 130, 1700].map(niceCeiling)).toEqual([1, 3, 8, 150, 2000]);
});
