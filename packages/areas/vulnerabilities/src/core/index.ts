export type { Advisory, Affected, AffectedRange, CveFacts, Knowledge, RangeEvent } from "./advisory.ts";
export { readRecord, type ReadRecord } from "./read-record.ts";
export { cvssBaseScore, readCvss } from "./cvss.ts";
export { decideFinding, type Decision, type JudgedFinding } from "./decide-finding.ts";
export { decideResource, findRule, type ResourceDecision } from "./decide-resource.ts";
export { gradeMatch, type Grade } from "./grade-match.ts";
export { explainMatch } from "./explain-match.ts";
export { isInScope, matchesPattern, type Subject } from "./is-in-scope.ts";
export { judgeMatches } from "./judge-inventory.ts";
export { leftOutOf, matchInventory, type MatchedPackage } from "./match-inventory.ts";
export { matchPackage, type Lookup, type Match } from "./match-package.ts";
export { defaultRule, shadowsOf } from "./order-rules.ts";
export { ecosystemKeyOf } from "./ecosystem-key.ts";
export { comparedAs, keyText, packageKeyOf, type PackageKey } from "./package-key.ts";
export { prepareKnowledge } from "./prepare-knowledge.ts";
export { resourceRiskScore, riskFactorsOf, riskScoreOf, riskTermsOf } from "./risk.ts";
export { severityOfScore, severityOfWord } from "./severity.ts";
export { starterExploited, starterRecords, starterSource } from "./starter.data.ts";
export {
  compareVersions,
  orderedEcosystems,
  versionSchemeOf,
  type VersionScheme,
} from "./versions/version-scheme-of.ts";
