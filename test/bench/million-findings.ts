import path from "node:path";
import { openDatabase } from "@rampart/database";
import { migrateDatabase } from "@rampart/database/migrate";
import { permissions, type Caller } from "@rampart/kernel";
import { grantScope } from "@rampart/kernel/grant";
import {
  countFindings,
  getExplorerTotals,
  listFindings,
  listImpactedResources,
  listRiskiestResources,
  listTopCves,
} from "@rampart/vulnerabilities";
import { bindVulnerabilities } from "@rampart/vulnerabilities/bind";
import { ListFindings, ListImpactedResources, ListTopCves } from "@rampart/vulnerabilities/contract";
import pg from "pg";
import { startPostgres } from "../servers/postgres.ts";
import { percentile, report, type Figure } from "./report.ts";

/** Pages of a project with a million findings (5,000 images with 200 each) in a database that also holds another's. */
const pageMaxMs = 1_000;
const rounds = 7;
const tenant = "00000000-0000-7000-8000-0000000000e0";
const mine = "00000000-0000-7000-8000-0000000000e1";
const other = "00000000-0000-7000-8000-0000000000e2";

/** Ten thousand flaws; the lower the number, the more images have it. */
const seedMatches = `
  insert into vulnerabilities_match (project_id, id, cve, package_name, package_version, package_kind, ecosystem, severity,
    severity_source, cvss, summary, status, fix_version, known_exploited, proofs, risk_score, risk_factors, risk_terms,
    aliases, evidence)
  select $1, md5('m' || n)::uuid, 'CVE-2024-' || 10000 + n, 'package-' || n % 500, '1.0.' || n, 'os', 'Debian:12', n % 5,
    'cvss', n % 100 / 10.0, 'What goes wrong in package ' || n, 'affected', case when n % 2 = 0 then '1.1.' || n end,
    n % 50 = 0, n % 3, n * 7 % 101, '{Has fix}', '[]', '{}', '[]' from generate_series(0, 9999) n`;
const seedResources = `
  insert into vulnerabilities_resource (project_id, resource_kind, resource_id, resource_name, host_names, labels,
    package_count, critical, high, medium, low, unknown, fixable, known_exploited, risk_score, effect,
    revision, first_scanned_at, scanned_at)
  select $1, 'image', 'image-' || n, 'shop/image-' || n || ':1', '{}', '{}', 300, n % 7, 50, 50, 50, 50 - n % 7, 100, 4,
    n % 7 * 1000000, 'alert', 1, now(), now() from generate_series(1, $2::int) n`;
const seedFindings = `
  insert into vulnerabilities_finding (project_id, id, match_id, resource_kind, resource_id, cve, ecosystem, package_name, severity,
    risk_score, is_fixable, known_exploited, layer, binary_packages, effect, reported_rules, first_seen_at)
  select $1, md5(image || ' ' || flaw)::uuid, md5('m' || flaw)::uuid, 'image', 'image-' || image,
    'CVE-2024-' || 10000 + flaw, 'Debian:12', 'package-' || flaw % 500, flaw % 5, flaw * 7 % 101, flaw % 2 = 0, flaw % 50 = 0, 0, '{}',
    'alert', '{}', now() - flaw * interval '1 hour'
  from generate_series(1, $2::int) image, lateral (
    select case when k < 100 then k else 100 + (image * 97 + k * 31) % 9900 end as flaw from generate_series(0, 199) k
  ) picked on conflict do nothing`;
const seedSummary = `
  insert into vulnerabilities_cve_summary (project_id, cve, images, hosts, severity, cvss, risk_score, is_fixable,
    known_exploited, packages, match_id, revision)
  select project_id, cve, count(distinct resource_id), 0, max(severity), null, max(risk_score), bool_or(is_fixable),
    bool_or(known_exploited), array_agg(distinct package_name), (array_agg(match_id))[1], 1
  from vulnerabilities_finding where project_id = $1 group by project_id, cve`;

const server = await startPostgres();
const ownerUrl = await server.createDatabase("bench");
const prisma = path.resolve(import.meta.dirname, "../../prisma");
const { serviceUrl } = await migrateDatabase({ ownerUrl, servicePassword: "bench", folder: prisma });
await seed();

const database = openDatabase({ url: serviceUrl });
const caller: Caller = { kind: "system", id: "bench", name: "bench", permissions: new Set(permissions) };
const ctx = bindVulnerabilities({ database }, grantScope(tenant, mine), caller);
const find = (asked: object) => () => listFindings(ctx, ListFindings.parse(asked));

const figures = [
  await figureOf("findings, first page", find({})),
  await figureOf("findings, page 200", find({ offset: 10_000 })),
  await figureOf(
    "findings, critical and fixable by severity",
    find({ severities: ["critical"], fixable: true, sort: "severity" }),
  ),
  await figureOf("findings, by package", find({ packageName: "package-17" })),
  await figureOf("findings, word in CVE or package", find({ search: "package-42" })),
  await figureOf("findings of one image", find({ resourceKind: "image", resourceId: "image-100" })),
  await figureOf("counts over all findings", () => countFindings(ctx, {})),
  await figureOf("explorer: totals", () => getExplorerTotals(ctx)),
  await figureOf("explorer: top CVEs", () => listTopCves(ctx, ListTopCves.parse({}))),
  await figureOf("explorer: top CVEs of a package", () =>
    listTopCves(ctx, ListTopCves.parse({ packageName: "package-17" })),
  ),
  await figureOf("explorer: resources of the widest CVE", () =>
    listImpactedResources(ctx, ListImpactedResources.parse({ cve: "CVE-2024-10000" })),
  ),
  await figureOf("riskiest resources", () => listRiskiestResources(ctx, { limit: 10 })),
];
await database.close();
await server.stop();
report("million-findings", figures);

async function figureOf(what: string, ask: () => Promise<unknown>): Promise<Figure> {
  await ask();
  const samples: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const startedAt = performance.now();
    await ask();
    samples.push(performance.now() - startedAt);
  }
  const value = percentile(samples, 0.5);
  return { what, value, unit: "ms", beside: `< ${pageMaxMs} ms`, met: value < pageMaxMs };
}

/** Made by the database itself: a million rows one by one would take longer than everything that is measured. */
async function seed(): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  await client.query("insert into tenancy_tenant (id, slug, name) values ($1, 'bench', 'bench')", [tenant]);
  for (const [project, images] of [
    [mine, 5_000],
    [other, 500],
  ] as const) {
    await client.query(
      "insert into tenancy_project (id, tenant_id, slug, name) values ($1::uuid, $2, $1::text, 'bench')",
      [project, tenant],
    );
    await client.query(seedMatches, [project]);
    await client.query(seedResources, [project, images]);
    await client.query(seedFindings, [project, images]);
    await client.query(seedSummary, [project]);
  }
  await client.query("vacuum analyze");
  await client.end();
}
