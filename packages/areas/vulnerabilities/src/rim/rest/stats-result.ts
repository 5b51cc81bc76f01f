import { pageSizeMax } from "@rampart/kernel";
import { z } from "zod";
import type { ExplorerTotals, ImpactedPage, TopCveRow } from "../../contract.ts";
import { toDistribution, toRiskFactors } from "./vulnerability-result.ts";

const Kind = z.looseObject({
  count: z.int(),
  vulnerabilities: z
    .array(z.looseObject({ cve: z.string().max(128) }))
    .max(pageSizeMax)
    .nullable(),
});

/** One day of the explorer, as the reference API lists it. */
export const StatsResult = z.looseObject({ _id: z.string(), modified: z.string(), images: Kind, hosts: Kind });

type Explored = Readonly<{
  totals: ExplorerTotals;
  images: readonly TopCveRow[];
  hosts: readonly TopCveRow[];
  now: Date;
}>;

const nobody = { critical: 0, high: 0, medium: 0, low: 0, unknown: 0 };

/** The present as the only day; integrations read the last element. */
export function toStatsResult({ totals, images, hosts, now }: Explored): z.infer<typeof StatsResult> {
  const none = { count: 0, cves: toDistribution(nobody), impacted: toDistribution(nobody), vulnerabilities: null };
  return {
    _id: now.toISOString().slice(0, 10),
    modified: now.toISOString(),
    images: {
      count: totals.images,
      cves: toDistribution(totals.cves),
      impacted: toDistribution(totals.impactedImages),
      vulnerabilities: images.map((row) => toStat(row, "image")),
    },
    hosts: {
      count: totals.hosts,
      cves: toDistribution(totals.cves),
      impacted: toDistribution(totals.impactedHosts),
      vulnerabilities: hosts.map((row) => toStat(row, "host")),
    },
    functions: none,
    registryImages: none,
    containers: none,
  };
}

function toStat(row: TopCveRow, impactedResourceType: "image" | "host") {
  return {
    cve: row.cve,
    description: row.summary,
    impactedResourceType,
    impactedResourcesCnt: impactedResourceType === "image" ? row.images : row.hosts,
    impactedPkgs: row.packages,
    riskScore: row.riskScore,
    highestCVSS: row.cvss ?? 0,
    highestSeverity: row.severity === "unknown" ? "low" : row.severity,
    highestRiskFactors: {},
    riskFactors: toRiskFactors(row.riskFactors),
    exploits: row.knownExploited ? [{ source: "cisa-kev", kind: "in-the-wild", link: "" }] : [],
    status: row.fixable ? "fixed" : "affected",
    link: row.link ?? "",
  };
}

export const ImpactedResult = z.looseObject({
  _id: z.string(),
  images: z.array(z.unknown()),
  hosts: z.array(z.unknown()),
});

export function toImpactedResult(
  cve: string,
  images: ImpactedPage,
  hosts: ImpactedPage,
): z.infer<typeof ImpactedResult> {
  return {
    _id: cve,
    images: images.rows.map(toImpacted),
    hosts: hosts.rows.map(toImpacted),
    registryImages: [],
    functions: [],
    codeRepos: [],
    imagesCount: images.total,
    hostsCount: hosts.total,
    registryImagesCount: 0,
    functionsCount: 0,
  };
}

function toImpacted({ resourceName, packages }: ImpactedPage["rows"][number]) {
  return {
    resourceID: resourceName,
    packages: packages.map((found) => ({
      package: `${found.packageName} ${found.packageVersion}`,
      cvss: found.cvss ?? 0,
      severity: found.severity === "unknown" ? "low" : found.severity,
    })),
    containers: [],
  };
}
