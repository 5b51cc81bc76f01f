import { expect, test } from "vitest";
import { rateLimit } from "./rate-limit.ts";

test("allows a burst, then the rate, for each key on its own", () => {
  const limit = rateLimit({ burst: 2, perSecond: 1 }, 10);
  expect([0, 0, 0].map((now) => limit.allows("a", now))).toEqual([true, true, false]);
  expect(limit.allows("b", 0)).toBe(true);
  expect([1_000, 1_000].map((now) => limit.allows("a", now))).toEqual([true, false]);
});

test("remembers a bounded number of keys and forgets the one heard of longest ago", () => {
  const limit = rateLimit({ burst: 1, perSecond: 0 }, 2);
  for (const key of ["a", "b", "a", "c"]) limit.allows(key, 0);
  expect(limit.allows("a", 0)).toBe(false);
  expect(limit.allows("b", 0)).toBe(true);
});
