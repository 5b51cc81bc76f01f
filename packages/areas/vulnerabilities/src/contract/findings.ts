import { pageOf, PageRequest, Severity, SeverityCounts } from "@rampart/kernel";
import { z } from "zod";
import { ResourceId, ResourceKind } from "./resource.ts";
import { RiskFactor, RiskTerm } from "./risk.ts";

/** A CVE id, or the id of the advisory when no CVE was assigned. */
export const CveId = z.string().min(1).max(128);

export const PolicyEffect = z.enum(["ignore", "alert", "block"]);
export type PolicyEffect = z.infer<typeof PolicyEffect>;

/** One flaw in one package of one resource. */
export const FindingRow = z.object({
  id: z.uuid(),
  resourceKind: ResourceKind,
  resourceId: ResourceId,
  resourceName: z.string(),
  cve: CveId,
  severity: Severity,
  cvss: z.number().min(0).max(10).nullable(),
  cvssVector: z.string().nullable(),
  summary: z.string(),
  link: z.string().nullable(),
  packageName: z.string(),
  packageVersion: z.string(),
  /** What is installed from the source package `packageName`; empty when it is that itself. */
  binaryPackages: z.array(z.string()),
  packageKind: z.string(),
  ecosystem: z.string(),
  purl: z.string().nullable(),
  path: z.string().nullable(),
  /** Index into the layers of the image; null for hosts. */
  layer: z.int().nonnegative().nullable(),
  fixVersion: z.string().nullable(),
  /** In the vendor's words: "fixed in 1.2.3", "affected", "will not fix" … */
  status: z.string(),
  knownExploited: z.boolean(),
  /** Number of published proofs of concept that we know of. */
  proofs: z.int().nonnegative(),
  epss: z.number().min(0).max(1).nullable(),
  epssPercentile: z.number().min(0).max(1).nullable(),
  riskScore: z.number().min(0).max(100),
  riskFactors: z.array(RiskFactor),
  effect: PolicyEffect,
  ruleName: z.string().nullable(),
  /** Days until the policy starts to block; negative once over; null when no grace applies. */
  graceDaysLeft: z.int().nullable(),
  publishedAt: z.iso.datetime().nullable(),
  firstSeenAt: z.iso.datetime(),
});
export type FindingRow = z.infer<typeof FindingRow>;
export const FindingPage = pageOf(FindingRow);
export type FindingPage = z.infer<typeof FindingPage>;

export const findingSorts = ["risk", "severity", "cve", "package", "firstSeen", "epss", "cvss"] as const;

export const FindingFilter = z.object({
  resourceKind: ResourceKind.optional(),
  resourceId: ResourceId.optional(),
  cve: CveId.optional(),
  /** Only these severities; empty or absent means all. */
  severities: z.array(Severity).max(5).optional(),
  fixable: z.boolean().optional(),
  knownExploited: z.boolean().optional(),
  packageName: z.string().max(512).optional(),
  layer: z.int().nonnegative().optional(),
  effect: PolicyEffect.optional(),
});
export type FindingFilter = z.infer<typeof FindingFilter>;

/** `search` matches the CVE id and the package name. Worst risk first unless told otherwise. */
export const ListFindings = PageRequest.extend(FindingFilter.shape).extend({
  sort: z.enum(findingSorts).default("risk"),
});
export type ListFindings = z.infer<typeof ListFindings>;

export const CountFindings = FindingFilter;
export type CountFindings = z.infer<typeof CountFindings>;

export const FindingCounts = z.object({
  counts: SeverityCounts,
  total: z.int().nonnegative(),
  fixable: z.int().nonnegative(),
  knownExploited: z.int().nonnegative(),
});
export type FindingCounts = z.infer<typeof FindingCounts>;

/** Which record, which range, which source: the reason for a finding, checkable by hand. */
export const Evidence = z.object({
  recordId: z.string(),
  source: z.string(),
  ecosystem: z.string(),
  packageName: z.string(),
  /** Readable range, such as ">= 2.0.0, < 2.15.0". */
  range: z.string(),
  /** The version that was compared; the source package's for Debian, Ubuntu and Alpine. */
  comparedVersion: z.string(),
});
export type Evidence = z.infer<typeof Evidence>;

export const ExplainFinding = z.object({ findingId: z.uuid() });
export type ExplainFinding = z.infer<typeof ExplainFinding>;

export const FindingDetail = FindingRow.extend({
  aliases: z.array(z.string()),
  /** "vendor", "cvss" or "none": who graded it. */
  severitySource: z.string(),
  evidence: z.array(Evidence),
  riskTerms: z.array(RiskTerm),
});
export type FindingDetail = z.infer<typeof FindingDetail>;
