import { Labels, SeverityCounts } from "@rampart/kernel";
import { z } from "zod";
import { ResourceId, ResourceKind, ResourceRef } from "./resource.ts";
import { auditFindingsMax, ViolatedFinding } from "./violations.ts";

/** Resources that one comparison may name; far above what one transaction settles. */
const matchedMax = 1_000;

/** Resources were compared with the advisories; their findings and summaries are current. */
export const ResourceMatched = z.object({
  resources: z.array(ResourceRef.extend({ counts: SeverityCounts })).max(matchedMax),
});
export type ResourceMatched = z.infer<typeof ResourceMatched>;

/** A rule of the vulnerability policy found something new on a resource. */
export const RuleViolated = z.object({
  auditId: z.uuid(),
  resourceKind: ResourceKind,
  resourceId: ResourceId,
  resourceName: z.string().max(512),
  ruleName: z.string().max(256),
  effect: z.enum(["alert", "block"]),
  counts: SeverityCounts,
  labels: Labels,
  findings: z.array(ViolatedFinding).max(auditFindingsMax),
  findingTotal: z.int().nonnegative(),
  at: z.iso.datetime(),
});
export type RuleViolated = z.infer<typeof RuleViolated>;

/** Violations that one fact tells; above it, there are several facts. */
export const violationsMax = 100;

/** What rules newly found on resources that were compared together: a new advisory may concern a whole project. */
export const RulesViolated = z.object({ violations: z.array(RuleViolated).min(1).max(violationsMax) });
export type RulesViolated = z.infer<typeof RulesViolated>;

/** Whether processes use what findings of these resources are about has changed. */
export const UseMarked = z.object({ resources: z.array(ResourceRef).max(matchedMax) });
export type UseMarked = z.infer<typeof UseMarked>;

/** The advisories changed, or a round of comparing again is to go on; what holds changed packages is compared again. */
export const AdvisoriesChanged = z.object({ revision: z.int().positive() });
export type AdvisoriesChanged = z.infer<typeof AdvisoriesChanged>;

/** The rules changed; stored verdicts are to be decided anew. */
export const PolicyChanged = z.object({
  policy: ResourceKind,
  revision: z.int().positive(),
  /** Continues a long round: the position where it stands. */
  after: z.int().positive().optional(),
});
export type PolicyChanged = z.infer<typeof PolicyChanged>;

/** Every fact this area publishes, by type. */
export const vulnerabilityFacts = {
  "vulnerabilities.resource-matched": ResourceMatched,
  "vulnerabilities.rules-violated": RulesViolated,
  "vulnerabilities.use-marked": UseMarked,
  "vulnerabilities.match-failed": ResourceRef,
  "vulnerabilities.advisories-changed": AdvisoriesChanged,
  "vulnerabilities.policy-changed": PolicyChanged,
} as const;
