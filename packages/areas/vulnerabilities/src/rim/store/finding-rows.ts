import { severities } from "@rampart/kernel";
import { Prisma } from "@rampart/database";
import type {
  Evidence,
  FindingDetail,
  FindingRow,
  PolicyEffect,
  ResourceKind,
  RiskFactor,
  RiskTerm,
} from "../../contract.ts";
import { graceDaysLeft } from "../../core/decide-finding.ts";
import { toInstantOrNull } from "./sql.ts";

export type FindingColumns = {
  id: string;
  resourceKind: ResourceKind;
  resourceId: string;
  resourceName: string | null;
  cve: string;
  severity: number;
  cvss: number | null;
  cvssVector: string | null;
  summary: string;
  link: string | null;
  packageName: string;
  packageVersion: string;
  packageKind: string;
  ecosystem: string;
  purl: string | null;
  path: string | null;
  layer: number | null;
  binaryPackages: string[];
  fixVersion: string | null;
  status: string;
  knownExploited: boolean;
  inUse: boolean | null;
  proofs: number;
  epss: number | null;
  epssPercentile: number | null;
  riskScore: number;
  riskFactors: RiskFactor[];
  effect: PolicyEffect;
  ruleName: string | null;
  blockFrom: Date | null;
  publishedAt: Date | null;
  firstSeenAt: Date;
};

export type DetailColumns = FindingColumns & {
  aliases: string[];
  severitySource: string;
  evidence: Evidence[];
  riskTerms: RiskTerm[];
};

/** Columns of a finding `f`, its match `m`, its resource `r` and the daily facts `c` about its CVE. */
export const findingColumns = Prisma.sql`f.id, f.resource_kind as "resourceKind", f.resource_id as "resourceId",
  r.resource_name as "resourceName", f.cve, f.severity, m.cvss::float8 as cvss, m.cvss_vector as "cvssVector", m.summary,
  m.link, m.package_name as "packageName", m.package_version as "packageVersion", m.package_kind as "packageKind",
  m.ecosystem, f.purl, f.path, f.layer, f.binary_packages as "binaryPackages", m.fix_version as "fixVersion", m.status,
  m.known_exploited as "knownExploited", f.in_use as "inUse", m.proofs, c.epss::float8 as epss, c.epss_percentile::float8 as "epssPercentile",
  m.risk_score as "riskScore", m.risk_factors as "riskFactors", f.effect, f.rule_name as "ruleName",
  f.block_from as "blockFrom", m.published_at as "publishedAt", f.first_seen_at as "firstSeenAt"`;

export const detailColumns = Prisma.sql`m.aliases, m.severity_source as "severitySource", m.evidence,
  m.risk_terms as "riskTerms"`;

/** What every finding is read with. */
export const findingJoins = Prisma.sql`
  join vulnerabilities_match m on m.project_id = f.project_id and m.id = f.match_id
  left join vulnerabilities_resource r
    on r.project_id = f.project_id and r.resource_kind = f.resource_kind and r.resource_id = f.resource_id
  left join vulnerabilities_cve c on c.cve = f.cve`;

export function toFindingRow(row: FindingColumns, now: Date): FindingRow {
  const { blockFrom, publishedAt, firstSeenAt, resourceName, severity, cvss, epss, epssPercentile, ...rest } = row;
  return {
    ...rest,
    resourceName: resourceName ?? row.resourceId,
    severity: severities[severity] ?? "unknown",
    // The match is shared by many resources; whether its package is used is each one's own.
    riskFactors: rest.inUse === true ? [...rest.riskFactors, "Package in use"] : rest.riskFactors,
    // Four-byte numbers come back with the noise of their last bits.
    cvss: cvss === null ? null : Math.round(cvss * 10) / 10,
    epss: toShare(epss),
    epssPercentile: toShare(epssPercentile),
    graceDaysLeft: graceDaysLeft(blockFrom, now),
    publishedAt: toInstantOrNull(publishedAt),
    firstSeenAt: firstSeenAt.toISOString(),
  };
}

export function toFindingDetail(row: DetailColumns, now: Date): FindingDetail {
  const { aliases, severitySource, evidence, riskTerms } = row;
  return { ...toFindingRow(row, now), aliases, severitySource, evidence, riskTerms };
}

export function toShare(value: number | null): number | null {
  return value === null ? null : Math.round(value * 100_000) / 100_000;
}
