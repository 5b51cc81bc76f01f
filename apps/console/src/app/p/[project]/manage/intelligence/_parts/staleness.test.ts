import { expect, test } from "vitest";
import { isStale } from "./staleness.ts";

const now = new Date("2026-02-10T00:00:00Z");

test.for([
  ["seven days and a moment", { checkedAt: "2026-02-02T23:59:59.999Z", isStarter: false }, true],
  ["seven days", { checkedAt: "2026-02-03T00:00:00.000Z", isStarter: false }, false],
  ["the built-in set", { checkedAt: "2020-01-01T00:00:00.000Z", isStarter: true }, false],
] as const)("a source is stale after seven days without a look: %s", ([, source, stale]) => {
  expect(isStale(source, now)).toBe(stale);
});
