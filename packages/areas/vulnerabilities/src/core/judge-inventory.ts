import type { JudgeInventory, JudgedFinding, JudgedInventory } from "../contract/judge.ts";
import { judgedFindingsMax } from "../contract/judge.ts";
import type { LeftOut } from "../contract/left-out.ts";
import type { PolicyRule } from "../contract/policy.ts";
import type { CveFacts } from "./advisory.ts";
import type { Decision } from "./decide-finding.ts";
import { decideResource } from "./decide-resource.ts";
import type { MatchedPackage } from "./match-inventory.ts";
import { byRisk, type FoundFinding } from "./plan-findings.ts";
import { toFindings } from "./to-findings.ts";

type Judging = Readonly<{
  asked: Pick<JudgeInventory, "name" | "tags" | "labels">;
  matched: readonly MatchedPackage[];
  leftOut: readonly LeftOut[];
  facts: ReadonlyMap<string, CveFacts>;
  rules: readonly PolicyRule[];
  now: Date;
  idOf(text: string): string;
}>;

/** Grades what was matched and lets the rules decide, for an image that nobody stores. Worst findings first. */
export function judgeMatches(judging: Judging): Omit<JudgedInventory, "revision" | "uncovered"> {
  const { asked, matched, leftOut, facts, rules, now, idOf } = judging;
  const resource = { resourceKind: "image", resourceId: asked.name } as const;
  const found = toFindings(matched, { resource, facts, now, idOf }).toSorted(byRisk);
  const imageNames = [...new Set([asked.name, ...asked.tags])];
  const subject = { resourceKind: "image", imageNames, hostNames: [], labels: asked.labels } as const;
  const decided = decideResource(rules, subject, found, now);
  return {
    ruleName: decided.rule?.name ?? null,
    passed: decided.effect !== "block",
    leftOut: [...leftOut],
    findings: decided.decisions
      .slice(0, judgedFindingsMax)
      .map(({ finding, decision }) => toJudged(finding, decision, facts.get(finding.cve))),
  };
}

function toJudged({ match, ...finding }: FoundFinding, decision: Decision, facts: CveFacts | undefined): JudgedFinding {
  return {
    cve: match.cve,
    severity: finding.severity,
    cvss: match.cvss,
    vector: match.cvssVector,
    packageName: match.packageName,
    packageVersion: match.packageVersion,
    path: finding.path,
    layer: finding.layer,
    fixVersion: match.fixVersion,
    status: match.status,
    link: match.link,
    summary: match.summary,
    riskFactors: [...match.riskFactors],
    knownExploited: match.knownExploited,
    epss: facts?.epss ?? null,
    effect: decision.effect,
  };
}
