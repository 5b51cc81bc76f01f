import { Labels, pageOf, PageRequest, Severity, SeverityCounts } from "@rampart/kernel";
import { z } from "zod";
import { CveId } from "./findings.ts";
import { ResourceId, ResourceKind } from "./resource.ts";
import { Text } from "./text.ts";

/** Findings that one audit lists by name; `findingTotal` tells how many there were. */
export const auditFindingsMax = 50;

export const ViolatedFinding = z.object({
  cve: CveId,
  severity: Severity,
  packageName: Text,
  packageVersion: Text,
  fixVersion: Text.optional(),
});
export type ViolatedFinding = z.infer<typeof ViolatedFinding>;

/** A rule found something new on a resource. Written once per finding and rule. */
export const AuditRow = z.object({
  id: z.uuid(),
  resourceKind: ResourceKind,
  resourceId: ResourceId,
  resourceName: Text,
  ruleName: Text,
  effect: z.enum(["alert", "block"]),
  counts: SeverityCounts,
  labels: Labels,
  findings: z.array(ViolatedFinding).max(auditFindingsMax),
  findingTotal: z.int().nonnegative(),
  at: z.iso.datetime(),
});
export type AuditRow = z.infer<typeof AuditRow>;
export const AuditPage = pageOf(AuditRow);
export type AuditPage = z.infer<typeof AuditPage>;

/** Newest first. `search` matches the resource name and the rule name. */
export const ListAudits = PageRequest.extend({
  resourceKind: ResourceKind.optional(),
  resourceId: ResourceId.optional(),
  ruleName: z.string().max(256).optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
});
export type ListAudits = z.infer<typeof ListAudits>;
