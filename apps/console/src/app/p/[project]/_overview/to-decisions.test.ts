import { expect, test } from "vitest";
import { toDecisions } from "./to-decisions.ts";

const none = { critical: 0, high: 0, medium: 0, low: 0, unknown: 0 };
const calm = {
  totals: {
    cves: none,
    impactedImages: none,
    impactedHosts: none,
    images: 1,
    hosts: 1,
    funnel: { total: 0, urgent: 0, fixable: 0, exploited: 0 },
  },
  defenders: { connected: 1, stale: 0, disconnected: 0, retired: 0 },
  intelligence: {
    revision: 1,
    advisories: 1,
    packages: 1,
    cves: 1,
    lastImportAt: null,
    onlyStarter: false,
    sources: [],
  },
  channels: null,
  base: "/p/shop",
};

test("nothing to decide means no decisions", () => {
  expect(toDecisions(calm)).toEqual([]);
});

test("what is not permitted to be known is not claimed to be missing", () => {
  expect(toDecisions({ ...calm, defenders: null, channels: null })).toEqual([]);
});

test("a blind spot stands before a flaw, and a flaw before unfinished set-up", () => {
  const decisions = toDecisions({
    ...calm,
    totals: { ...calm.totals, funnel: { total: 9, urgent: 5, fixable: 3, exploited: 1 } },
    defenders: { connected: 0, stale: 0, disconnected: 2, retired: 0 },
    intelligence: { ...calm.intelligence, onlyStarter: true },
    channels: [],
  });
  expect(decisions.map(({ verb }) => verb)).toEqual([
    "See which",
    "Fix first",
    "Plan updates",
    "Import advisories",
    "Add a channel",
  ]);
  expect(decisions[0]?.text).toBe("2 Defenders are disconnected; what runs there is not seen.");
});
