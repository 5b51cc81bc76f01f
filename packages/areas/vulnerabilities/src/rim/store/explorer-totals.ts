import type { SeverityCounts } from "@rampart/kernel";
import type { Tx } from "@rampart/database";
import type { ExplorerTotals } from "../../contract.ts";

type CveTotals = SeverityCounts & { total: number; fixable: number; exploited: number };

/** Counts from the summaries, so that their cost does not grow with the findings. */
export async function readTotals(tx: Tx, projectId: string): Promise<ExplorerTotals> {
  const [cves] = await tx.$queryRaw<CveTotals[]>`
    select count(*) filter (where severity = 4)::float8 as critical, count(*) filter (where severity = 3)::float8 as high,
      count(*) filter (where severity = 2)::float8 as medium, count(*) filter (where severity = 1)::float8 as low,
      count(*) filter (where severity = 0)::float8 as unknown, count(*)::float8 as total,
      count(*) filter (where severity >= 3 and is_fixable)::float8 as fixable,
      count(*) filter (where severity >= 3 and is_fixable and known_exploited)::float8 as exploited
    from vulnerabilities_cve_summary where project_id = ${projectId}::uuid`;
  const kinds = await tx.$queryRaw<(SeverityCounts & { kind: string; resources: number })[]>`
    select resource_kind as kind, count(*)::float8 as resources,
      count(*) filter (where critical > 0)::float8 as critical,
      count(*) filter (where critical = 0 and high > 0)::float8 as high,
      count(*) filter (where critical + high = 0 and medium > 0)::float8 as medium,
      count(*) filter (where critical + high + medium = 0 and low > 0)::float8 as low,
      count(*) filter (where critical + high + medium + low = 0 and unknown > 0)::float8 as unknown
    from vulnerabilities_resource where project_id = ${projectId}::uuid group by resource_kind`;
  const of = (kind: string) => kinds.find((row) => row.kind === kind);
  const { critical, high } = toCounts(cves);
  return {
    cves: toCounts(cves),
    impactedImages: toCounts(of("image")),
    impactedHosts: toCounts(of("host")),
    images: of("image")?.resources ?? 0,
    hosts: of("host")?.resources ?? 0,
    funnel: {
      total: cves?.total ?? 0,
      urgent: critical + high,
      fixable: cves?.fixable ?? 0,
      exploited: cves?.exploited ?? 0,
    },
  };
}

export async function countResources(tx: Tx, projectId: string): Promise<{ images: number; hosts: number }> {
  const [row] = await tx.$queryRaw<{ images: number; hosts: number }[]>`
    select count(*) filter (where resource_kind = 'image')::float8 as images,
      count(*) filter (where resource_kind = 'host')::float8 as hosts
    from vulnerabilities_resource where project_id = ${projectId}::uuid`;
  return row ?? { images: 0, hosts: 0 };
}

function toCounts(row: SeverityCounts | undefined): SeverityCounts {
  const { critical = 0, high = 0, medium = 0, low = 0, unknown = 0 } = row ?? {};
  return { critical, high, medium, low, unknown };
}
