import type { Severity } from "@rampart/kernel";
import { randomIds } from "@rampart/database";
import { listQuery, restRoute, type RestRequest, type RestRoute } from "@rampart/rpc";
import { z } from "zod";
import { bindIntelligence, bindVulnerabilities } from "../bind.ts";
import {
  ImportAdvisories,
  ImportReport,
  JudgedInventory,
  JudgeInventory,
  ListImpactedResources,
  ListTopCves,
  type ResourceKind,
  SavePolicy,
} from "../contract.ts";
import * as verbs from "../index.ts";
import type { VulnerabilityCtx } from "../ports.ts";
import { bundleRoutes } from "./rest/bundle.ts";
import { comparisonRoute } from "./rest/comparison.ts";
import { feedLocationRoutes } from "./rest/feed-locations.ts";
import { ownListRoutes } from "./rest/own-lists.ts";
import { PolicyDocument, readPolicyDocument, toPolicyDocument } from "./rest/policy-document.ts";
import { ImpactedResult, StatsResult, toImpactedResult, toStatsResult } from "./rest/stats-result.ts";

export { toDistribution, toScanPart, toVulnerability } from "./rest/vulnerability-result.ts";

const tag = "Vulnerabilities";
/** Resources of each kind that the answer about one CVE lists. */
const impactedMax = 250;

const bound = ({ platform, scope, caller }: RestRequest<unknown, unknown>): VulnerabilityCtx =>
  bindVulnerabilities(platform, scope, caller);

/** Several values of one parameter, joined by commas; the first counts where only one can. */
const FirstValue = z
  .string()
  .max(16_384)
  .transform((text) => text.split(",")[0] ?? "");
const severityWords: ReadonlySet<string> = new Set(["low", "medium", "high", "critical"]);
const Threshold = z
  .string()
  .max(32)
  .transform((word) => (severityWords.has(word.toLowerCase()) ? (word.toLowerCase() as Severity) : undefined)); // just checked

const StatsQuery = listQuery.extend({
  cve: z.string().max(128).optional(),
  severityThreshold: Threshold.optional(),
  cvssThreshold: z.coerce.number().min(0).max(10).optional(),
  resourceType: FirstValue.optional(),
  packages: FirstValue.optional(),
});

function toListTopCves(query: z.infer<typeof StatsQuery>, resourceKind: ResourceKind): ListTopCves {
  return ListTopCves.parse({
    offset: query.offset,
    limit: query.limit,
    resourceKind,
    search: query.cve ?? query.search,
    severityAtLeast: query.severityThreshold,
    cvssAtLeast: query.cvssThreshold,
    packageName: query.packages === "" ? undefined : query.packages,
  });
}

function policyRoutes(policy: ResourceKind, path: string, what: string): readonly RestRoute[] {
  return [
    restRoute({
      method: "get",
      path,
      tag: "Policies",
      summary: `Vulnerability rules for ${what}, in their order`,
      query: z.object({}),
      answer: z.looseObject({ policyType: z.string(), rules: z.array(z.unknown()) }),
      answers: "json",
      async run(request) {
        return { kind: "json", value: toPolicyDocument(await verbs.getPolicy(bound(request), { policy })) };
      },
    }),
    restRoute({
      method: "put",
      path,
      tag: "Policies",
      summary: `Replace all vulnerability rules for ${what}`,
      query: z.object({}),
      body: PolicyDocument,
      answers: "empty",
      async run(request) {
        const ctx = bound(request);
        const known = await verbs.getPolicy(ctx, { policy });
        const rules = readPolicyDocument(request.body, known, () => randomIds.next());
        await verbs.savePolicy(ctx, SavePolicy.parse({ policy, rules }));
        return { kind: "empty" };
      },
    }),
  ];
}

export const vulnerabilitiesRest: readonly RestRoute[] = [
  restRoute({
    method: "get",
    path: "/stats/vulnerabilities",
    tag,
    summary: "CVEs of images and hosts, the most pressing first",
    query: StatsQuery,
    answer: StatsResult,
    answers: "rows",
    async run(request) {
      const ctx = bound(request);
      const list = async (kind: ResourceKind) =>
        request.query.resourceType === undefined || request.query.resourceType === kind
          ? (await verbs.listTopCves(ctx, toListTopCves(request.query, kind))).rows
          : [];
      const [totals, images, hosts] = await Promise.all([verbs.getExplorerTotals(ctx), list("image"), list("host")]);
      return { kind: "rows", rows: [toStatsResult({ totals, images, hosts, now: ctx.clock.now() })], total: 1 };
    },
  }),
  restRoute({
    method: "get",
    path: "/stats/vulnerabilities/impacted-resources",
    tag,
    summary: "Resources that carry a CVE",
    query: z.object({ cve: z.string().min(1).max(128) }),
    answer: ImpactedResult,
    answers: "json",
    async run(request) {
      const { cve } = request.query;
      const list = (resourceKind: ResourceKind) =>
        verbs.listImpactedResources(
          bound(request),
          ListImpactedResources.parse({ cve, resourceKind, limit: impactedMax }),
        );
      const [images, hosts] = await Promise.all([list("image"), list("host")]);
      return { kind: "json", value: toImpactedResult(cve, images, hosts) };
    },
  }),
  ...policyRoutes("image", "/policies/vulnerability/images", "images"),
  ...policyRoutes("host", "/policies/vulnerability/host", "hosts"),
  restRoute({
    method: "get",
    path: "/cves",
    tag,
    summary: "What the loaded feeds say about a CVE",
    query: z.object({ id: z.string().min(3).max(128) }),
    answer: z.looseObject({ cve: z.string(), cvss: z.number(), modified: z.int(), description: z.string() }),
    answers: "json",
    async run(request) {
      const found = await verbs.findCves(bound(request), { id: request.query.id, limit: 50 });
      const rows = found.map(({ cve, cvss, vector, summary, modifiedAt, publishedAt, knownExploited, epss }) => ({
        cve,
        cvss: cvss ?? 0,
        vecStr: vector ?? "",
        description: summary,
        modified: secondsOf(modifiedAt ?? publishedAt),
        published: secondsOf(publishedAt),
        exploit: knownExploited ? "cisa-kev" : "",
        epss: epss ?? 0,
      }));
      return { kind: "json", value: rows };
    },
  }),
  restRoute({
    method: "get",
    path: "/statuses/intelligence",
    tag,
    summary: "Whether advisories are loaded, and when they came",
    query: z.object({}),
    answer: z.looseObject({ connected: z.boolean(), lastUpdate: z.string() }),
    answers: "json",
    async run(request) {
      const status = await verbs.getIntelligenceStatus(bound(request));
      const lastUpdate = status.lastImportAt ?? "0001-01-01T00:00:00Z";
      return { kind: "json", value: { connected: !status.onlyStarter, lastUpdate, modified: lastUpdate } };
    },
  }),
  restRoute({
    method: "post",
    path: "/feeds/import",
    tag,
    summary: "Import advisories from a folder of the Console's machine or an address",
    query: z.object({}),
    body: ImportAdvisories,
    answer: ImportReport,
    answers: "json",
    async run({ platform, caller, body }) {
      return { kind: "json", value: await verbs.importAdvisories(bindIntelligence(platform, caller), body) };
    },
  }),
  ...bundleRoutes,
  ...feedLocationRoutes,
  ...ownListRoutes,
  comparisonRoute,
  restRoute({
    method: "post",
    path: "/scans/judge",
    tag,
    summary: "Compare packages that are not stored here, and decide by the image policy",
    query: z.object({}),
    body: JudgeInventory,
    answer: JudgedInventory,
    answers: "json",
    async run(request) {
      return { kind: "json", value: await verbs.judgeInventory(bound(request), request.body) };
    },
  }),
];

function secondsOf(instant: string | null): number {
  return instant === null ? 0 : Math.floor(Date.parse(instant) / 1_000);
}
