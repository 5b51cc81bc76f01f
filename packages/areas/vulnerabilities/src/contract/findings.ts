import { pageOf, PageRequest, Severity, SeverityCounts } from "@rampart/kernel";
import { z } from "zod";
import { FindingState } from "./finding-state.ts";
import { ResourceId, ResourceKind } from "./resource.ts";
import { RiskFactor, riskFactors, RiskTerm } from "./risk.ts";
import { Text } from "./text.ts";

/** A CVE id, or the id of the advisory when no CVE was assigned. */
export const CveId = z.string().min(1).max(128);

export const PolicyEffect = z.enum(["ignore", "alert", "block"]);
export type PolicyEffect = z.infer<typeof PolicyEffect>;

/** One flaw in one package of one resource. */
export const FindingRow = z.object({
  id: z.uuid(),
  resourceKind: ResourceKind,
  resourceId: ResourceId,
  resourceName: Text,
  cve: CveId,
  severity: Severity,
  cvss: z.number().min(0).max(10).nullable(),
  cvssVector: Text.nullable(),
  summary: Text,
  link: Text.nullable(),
  packageName: Text,
  packageVersion: Text,
  /** What is installed from the source package `packageName`; empty when it is that itself. */
  binaryPackages: z.array(Text).max(50),
  packageKind: Text,
  ecosystem: Text,
  purl: Text.nullable(),
  path: Text.nullable(),
  /** Index into the layers of the image; null for hosts. */
  layer: z.int().nonnegative().nullable(),
  fixVersion: Text.nullable(),
  /** In the vendor's words: "fixed in 1.2.3", "affected", "will not fix" … */
  status: Text,
  knownExploited: z.boolean(),
  /** Whether processes use the package; null while nobody knows. */
  inUse: z.boolean().nullable(),
  /** Number of published proofs of concept that we know of. */
  proofs: z.int().nonnegative(),
  epss: z.number().min(0).max(1).nullable(),
  epssPercentile: z.number().min(0).max(1).nullable(),
  riskScore: z.number().min(0).max(100),
  riskFactors: z.array(RiskFactor).max(riskFactors.length),
  effect: PolicyEffect,
  ruleName: Text.nullable(),
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
  /** What can be done about it: update, wait, or do without the vendor. */
  state: FindingState.optional(),
  /** Null asks for findings of which nobody knows whether they are in use. */
  inUse: z.boolean().nullable().optional(),
});
export type FindingFilter = z.infer<typeof FindingFilter>;

/** `search` matches the CVE id and the package name. Worst risk first unless told otherwise. */
export const ListFindings = PageRequest.extend(FindingFilter.shape).extend({
  sort: z.enum(findingSorts).default("risk"),
});
export type ListFindings = z.infer<typeof ListFindings>;

export const CountFindings = z.object(FindingFilter.shape);
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
  recordId: Text,
  source: Text,
  ecosystem: Text,
  packageName: Text,
  /** Readable range, such as ">= 2.0.0, < 2.15.0". */
  range: Text,
  /** The version that was compared; the source package's for Debian, Ubuntu and Alpine. */
  comparedVersion: Text,
});
export type Evidence = z.infer<typeof Evidence>;

export const ExplainFinding = z.object({ findingId: z.uuid() });
export type ExplainFinding = z.infer<typeof ExplainFinding>;

export const FindingDetail = FindingRow.extend({
  aliases: z.array(Text).max(5_000),
  /** Who graded it: "vendor: DSA-5532-1", "CVSS: GHSA-…", "CVSS: side tables" or "nobody". */
  severitySource: Text,
  evidence: z.array(Evidence).max(1_000),
  riskTerms: z.array(RiskTerm).max(32),
});
export type FindingDetail = z.infer<typeof FindingDetail>;
