import { Labels, SeverityCounts } from "@rampart/kernel";
import { z } from "zod";
import { ResourceId, ResourceKind, ResourceRef } from "./resource.ts";
import { auditFindingsMax, ViolatedFinding } from "./violations.ts";

/** A resource was compared with the advisories; its findings and summary are current. */
export const ResourceMatched = z.object({
  resourceKind: ResourceKind,
  resourceId: ResourceId,
  counts: SeverityCounts,
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

/**
 * The advisories changed; resources with the changed packages have to be compared again. `after` continues a long
 * round at the resource behind which the last batch ended.
 */
export const AdvisoriesChanged = z.object({
  revision: z.int().positive(),
  after: z.object({ step: z.enum(["packages", "cves", "all"]), resource: ResourceRef.nullable() }).optional(),
});
export type AdvisoriesChanged = z.infer<typeof AdvisoriesChanged>;

/** The rules changed; stored verdicts are to be decided anew. */
export const PolicyChanged = z.object({
  policy: ResourceKind,
  revision: z.int().positive(),
  /** Continues a long round behind this resource. */
  after: ResourceRef.optional(),
});
export type PolicyChanged = z.infer<typeof PolicyChanged>;

/** Every fact this area publishes, by type. */
export const vulnerabilityFacts = {
  "vulnerabilities.resource-matched": ResourceMatched,
  "vulnerabilities.rule-violated": RuleViolated,
  "vulnerabilities.advisories-changed": AdvisoriesChanged,
  "vulnerabilities.policy-changed": PolicyChanged,
} as const;
