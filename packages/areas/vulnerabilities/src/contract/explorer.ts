import { pageOf, PageRequest, Severity, SeverityCounts } from "@rampart/kernel";
import { z } from "zod";
import { CveId } from "./findings.ts";
import { ResourceId, ResourceKind } from "./resource.ts";
import { RiskFactor, riskFactors } from "./risk.ts";
import { Text } from "./text.ts";

export const topCveSorts = ["risk", "severity", "resources", "epss", "cve"] as const;

/** `search` matches the beginning of the CVE id. */
export const ListTopCves = PageRequest.extend({
  sort: z.enum(topCveSorts).default("risk"),
  resourceKind: ResourceKind.optional(),
  severityAtLeast: Severity.optional(),
  cvssAtLeast: z.number().min(0).max(10).optional(),
  fixable: z.boolean().optional(),
  knownExploited: z.boolean().optional(),
  packageName: z.string().max(512).optional(),
});
export type ListTopCves = z.infer<typeof ListTopCves>;

/** One CVE over all resources of the project. */
export const TopCveRow = z.object({
  cve: CveId,
  severity: Severity,
  cvss: z.number().nullable(),
  riskScore: z.number().min(0).max(100),
  riskFactors: z.array(RiskFactor).max(riskFactors.length),
  knownExploited: z.boolean(),
  epss: z.number().nullable(),
  summary: Text,
  link: Text.nullable(),
  fixable: z.boolean(),
  /** Up to ten package names that carry it. */
  packages: z.array(Text).max(10),
  images: z.int().nonnegative(),
  hosts: z.int().nonnegative(),
  resources: z.int().nonnegative(),
});
export type TopCveRow = z.infer<typeof TopCveRow>;
export const TopCvePage = pageOf(TopCveRow);
export type TopCvePage = z.infer<typeof TopCvePage>;

export const ListImpactedResources = PageRequest.extend({ cve: CveId, resourceKind: ResourceKind.optional() });
export type ListImpactedResources = z.infer<typeof ListImpactedResources>;

/** Packages of one resource that carry the same CVE, at most. */
export const impactedPackagesMax = 10_000;

export const ImpactedResource = z.object({
  resourceKind: ResourceKind,
  resourceId: ResourceId,
  resourceName: Text,
  severity: Severity,
  packages: z
    .array(
      z.object({
        packageName: Text,
        packageVersion: Text,
        fixVersion: Text.nullable(),
        severity: Severity,
        cvss: z.number().nullable(),
      }),
    )
    .max(impactedPackagesMax),
  firstSeenAt: z.iso.datetime(),
});
export type ImpactedResource = z.infer<typeof ImpactedResource>;
export const ImpactedPage = pageOf(ImpactedResource);
export type ImpactedPage = z.infer<typeof ImpactedPage>;

/** The numbers on top of the explorer and the dashboard, by the two countings that people ask for. */
export const ExplorerTotals = z.object({
  /** Distinct CVEs, each counted once at its highest severity. */
  cves: SeverityCounts,
  /** Resources, each counted once at the severity of its worst finding. */
  impactedImages: SeverityCounts,
  impactedHosts: SeverityCounts,
  images: z.int().nonnegative(),
  hosts: z.int().nonnegative(),
  /** total → critical or high → with a fix → known exploited, in distinct CVEs. */
  funnel: z.object({
    total: z.int().nonnegative(),
    urgent: z.int().nonnegative(),
    fixable: z.int().nonnegative(),
    exploited: z.int().nonnegative(),
  }),
});
export type ExplorerTotals = z.infer<typeof ExplorerTotals>;
