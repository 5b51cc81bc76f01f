import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { severities } from "@rampart/kernel";
import { routeFact, type RoutingProfile } from "./route-fact.ts";
import { sampleAlert } from "./sample-alert.ts";
import type { HeardFact } from "./to-alert.ts";

function heard(labels: Record<string, string> = {}, severity = sampleAlert().severity): HeardFact {
  return { alert: sampleAlert({ severity, ruleName: "prod" }), labels, subject: "image sha256:aa" };
}

function profile(asked: Partial<RoutingProfile> = {}): RoutingProfile {
  return {
    enabled: true,
    factTypes: ["vulnerabilities.rule-violated"],
    resourceKinds: [],
    ruleNames: [],
    severityAtLeast: "unknown",
    where: {},
    unlabelled: "skip",
    ...asked,
  };
}

const anyLabels = fc.dictionary(fc.constantFrom("team", "tier", "owner"), fc.constantFrom("a", "b", " a "));
const anyHeard = fc
  .tuple(anyLabels, fc.constantFrom(...severities))
  .map(([labels, severity]) => heard(labels, severity));

describe("routeFact", () => {
  test.for([
    ["a profile without labels hears everything", {}, { team: "payments" }, "profile asks for no label"],
    ["one label that is carried", { where: { team: "payments" } }, { team: "payments" }, "team=payments"],
    ["a carried value counts without the spaces around it", { where: { team: "a" } }, { team: " a " }, "team=a"],
    ["another value does not match", { where: { team: "payments" } }, { team: "search" }, null],
    ["names are case-sensitive", { where: { team: "payments" } }, { Team: "payments" }, null],
    ["all labels must be carried", { where: { team: "a", tier: "1" } }, { team: "a" }, null],
    ["no owner, not asked for", { where: { team: "a" } }, {}, null],
    ["no owner, asked for", { where: { team: "a" }, unlabelled: "send" }, {}, "resource carries no such label"],
    ["half an owner is somebody else's", { where: { team: "a", tier: "1" }, unlabelled: "send" }, { tier: "1" }, null],
    ["a switched-off profile sends nothing", { enabled: false }, {}, null],
    ["a profile for other facts", { factTypes: ["fleet.defender-connected"] }, {}, null],
    ["a rule that is named", { ruleNames: ["prod"] }, {}, 'rule "prod"; profile asks for no label'],
    ["a rule that is not named", { ruleNames: ["dev"] }, {}, null],
    ["a kind of resource", { resourceKinds: ["image"] }, {}, "about an image; profile asks for no label"],
    ["another kind of resource", { resourceKinds: ["host"] }, {}, null],
    ["severe enough", { severityAtLeast: "high" }, {}, "severity high; profile asks for no label"],
    ["too mild", { severityAtLeast: "critical" }, {}, null],
  ] as const)("%s", ([, asked, labels, because]) => {
    const [routed] = routeFact(heard(labels), [profile(asked as Parameters<typeof profile>[0])]); // the table is data
    expect(routed?.because ?? null).toBe(because);
  });

  test("each profile decides for itself: one more changes nothing for the others", () => {
    const wanted = fc.record({
      enabled: fc.boolean(),
      unlabelled: fc.constantFrom("send" as const, "skip" as const),
      where: fc.dictionary(fc.constantFrom("team", "tier"), fc.constantFrom("a", "b")),
      severityAtLeast: fc.constantFrom("unknown" as const, "high" as const),
    });
    fc.assert(
      fc.property(anyHeard, fc.array(wanted), wanted, (fact, others, extra) => {
        const profiles = others.map(profile);
        const before = routeFact(fact, profiles);
        const after = routeFact(fact, [...profiles, profile(extra)]);
        expect(after.slice(0, before.length)).toEqual(before);
        expect(after.length - before.length).toBeLessThanOrEqual(1);
      }),
    );
  });

  test("every reason is said", () => {
    fc.assert(
      fc.property(anyHeard, (fact) => routeFact(fact, [profile({})]).every(({ because }) => because.length > 0)),
    );
  });
});
