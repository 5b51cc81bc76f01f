import { severities } from "@rampart/kernel";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { RuleCollection, type PolicyRule } from "../contract/policy.ts";
import { ruleSentence } from "../contract/rule-sentence.ts";
import { decideFinding, type JudgedFinding } from "./decide-finding.ts";
import { decideResource } from "./decide-resource.ts";
import { isInScope, matchesPattern, type Subject } from "./is-in-scope.ts";
import { defaultRule, shadowsOf } from "./order-rules.ts";

const now = new Date("2026-01-05T00:00:00Z");
const rule = (more: Partial<PolicyRule>): PolicyRule => ({ ...defaultRule, ...more });
const finding = (more: Partial<JudgedFinding> = {}): JudgedFinding => ({
  cve: "CVE-2024-1000",
  severity: "critical",
  packageKind: "os",
  hasFix: true,
  riskFactors: [],
  graceFrom: new Date("2025-12-27T00:00:00Z"),
  ...more,
});
const image = (more: Partial<Subject> = {}): Subject => ({
  resourceKind: "image",
  imageNames: ["docker.io/library/nginx:1.25"],
  hostNames: ["web-1"],
  labels: { team: "shop" },
  ...more,
});

describe("decideFinding", () => {
  test.for([
    ["without a rule everything alerts", null, finding({ severity: "unknown" }), "alert"],
    ["a threshold hides what is milder", rule({ alertFrom: "high" }), finding({ severity: "medium" }), "ignore"],
    ["an ungraded flaw is shown by a rule that shows everything", rule({}), finding({ severity: "unknown" }), "alert"],
    ["a block threshold blocks", rule({ blockFrom: "high" }), finding(), "block"],
    ["grace softens a block on its last day", rule({ blockFrom: "high", graceDays: 10 }), finding(), "alert"],
    ["and no longer a day after", rule({ blockFrom: "high", graceDays: 9 }), finding(), "block"],
    [
      "grace can differ by severity",
      rule({ blockFrom: "high", graceDays: { critical: 0, high: 30, medium: 0, low: 0 } }),
      finding(),
      "block",
    ],
    ["only-fixed ignores what has no fix", rule({ onlyFixed: true }), finding({ hasFix: false }), "ignore"],
    [
      "a known exploit can block whatever the severity and grace",
      rule({
        blockFrom: "low",
        graceDays: 99,
        riskFactorEffects: [{ factor: "Exploit exists - in the wild", effect: "block" }],
      }),
      finding({ severity: "low", riskFactors: ["Exploit exists - in the wild"] }),
      "block",
    ],
    [
      "a kind of package can have thresholds of its own",
      rule({ blockFrom: "low", packageKindThresholds: [{ packageKind: "jar", alertFrom: "low", blockFrom: null }] }),
      finding({ packageKind: "jar" }),
      "alert",
    ],
    [
      "an exception beats a block",
      rule({ blockFrom: "low", exceptions: [{ cve: "CVE-2024-1000", effect: "ignore", reason: "" }] }),
      finding(),
      "ignore",
    ],
    [
      "until the moment it expires",
      rule({
        blockFrom: "low",
        exceptions: [{ cve: "CVE-2024-1000", effect: "ignore", reason: "", expiresAt: "2026-01-05T00:00:00Z" }],
      }),
      finding(),
      "block",
    ],
  ] as const)("%s", ([, given, about, effect]) => {
    expect(decideFinding(given, about, now).effect).toBe(effect);
  });

  test("a graver flaw is never treated more mildly", () => {
    const threshold = fc.constantFrom("low", "medium", "high", "critical", null);
    const anyRule = fc
      .record({ alertFrom: threshold, blockFrom: threshold, graceDays: fc.nat(20), onlyFixed: fc.boolean() })
      .map(rule);
    const effects = ["ignore", "alert", "block"];
    fc.assert(
      fc.property(anyRule, fc.nat(3), fc.boolean(), (given, index, hasFix) => {
        const [mild, grave] = [severities[index], severities[index + 1]].map((severity) =>
          effects.indexOf(decideFinding(given, finding({ severity: severity ?? "unknown", hasFix }), now).effect),
        );
        return (mild ?? 0) <= (grave ?? 0);
      }),
    );
  });
});

describe("decideResource", () => {
  test("the first enabled rule whose scope fits decides alone", () => {
    const shop = rule({
      id: "a",
      name: "shop",
      collections: [{ name: "shop", images: [], hosts: [], labels: ["team:shop"] }],
      alertFrom: null,
    });
    expect(decideResource([shop, defaultRule], image(), [finding()], now)).toMatchObject({
      rule: { name: "shop" },
      effect: "ignore",
    });
    expect(decideResource([{ ...shop, enabled: false }, defaultRule], image(), [finding()], now).effect).toBe("alert");
    expect(decideResource([shop, defaultRule], image({ labels: {} }), [finding()], now).rule?.name).toBe(
      defaultRule.name,
    );
  });

  test("a host is never blocked", () => {
    const host = image({ resourceKind: "host", imageNames: [], hostNames: ["db-1"] });
    expect(decideResource([rule({ blockFrom: "low" })], host, [finding()], now).effect).toBe("alert");
  });
});

describe("isInScope", () => {
  test.for([
    ["an image's short name is its full name", { images: ["nginx:*"] }, true],
    ["lists must all agree", { images: ["nginx:*"], hosts: ["db-*"] }, false],
    ["a leading minus excludes", { images: ["*", "-*nginx*"] }, false],
    ["labels are key:value", { labels: ["TEAM:sh*"] }, true],
  ] as const)("%s", ([, lists, expected]) => {
    expect(isInScope(image(), [RuleCollection.parse({ name: "x", ...lists })])).toBe(expected);
  });

  test("a pattern of stars does not make matching slow", () => {
    const startedAt = performance.now();
    expect(matchesPattern(`${"*a".repeat(200)}b`, "a".repeat(5_000))).toBe(false);
    expect(performance.now() - startedAt).toBeLessThan(100);
  });
});

test("a rule after one that covers everything is marked as shadowed", () => {
  const late = rule({ id: "00000000-0000-7000-8000-000000000001", name: "late" });
  expect([...shadowsOf([defaultRule, late])]).toEqual([[late.id, defaultRule.name]]);
  expect(shadowsOf([{ ...defaultRule, enabled: false }, late]).size).toBe(0);
});

test.for([
  [{}, "Alert on all findings in everything"],
  [
    { blockFrom: "critical", graceDays: 7, onlyFixed: true },
    "Block critical; alert on all findings that have a fix, blocking only after 7 days of grace in everything",
  ],
  [{ alertFrom: null }, "Ignore all findings in everything"],
] as const)("a rule reads as a sentence", ([more, sentence]) => {
  expect(ruleSentence(rule(more))).toBe(sentence);
});
