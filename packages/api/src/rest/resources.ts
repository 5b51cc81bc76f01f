import { inventoryRest } from "@rampart/inventory/rest";
import type { RestAnswer, RestRequest, RestRoute } from "@rampart/rpc";
import { describeResources } from "@rampart/vulnerabilities";
import { bindVulnerabilities } from "@rampart/vulnerabilities/bind";
import { toScanPart } from "@rampart/vulnerabilities/rest";
import type { ResourceKind } from "@rampart/vulnerabilities/contract";
import { z } from "zod";
import { pickFields } from "./pick-fields.ts";
import { downloadRoutes } from "./resource-csv.ts";

/** Which lists of inventory carry findings, and of what kind their rows are. */
const joined: ReadonlyMap<string, Readonly<{ kind: ResourceKind; isShort: boolean }>> = new Map([
  ["/images", { kind: "image", isShort: false }],
  ["/hosts", { kind: "host", isShort: false }],
  ["/hosts/info", { kind: "host", isShort: true }],
]);

const Fields = z.object({
  fields: z
    .string()
    .max(4_096)
    .transform((text) => text.split(",").filter((field) => field !== ""))
    .optional(),
});
const Shown = z.looseObject({
  compact: z.boolean().default(false),
  fields: z.array(z.string().max(256)).max(256).optional(),
});
const Row = z.looseObject({ _id: z.string().max(512), id: z.string().max(512) });

/** Images, hosts and containers with what other areas know of them. */
export const resourceRoutes: readonly RestRoute[] = [...inventoryRest.map(withFindings), ...downloadRoutes];

function withFindings(route: RestRoute): RestRoute {
  const join = joined.get(route.path);
  if (join === undefined) return route;
  return {
    ...route,
    query: z.intersection(route.query, Fields),
    async run(request) {
      const answer = await route.run(request);
      return answer.kind === "rows" ? addFindings(answer, request, join) : answer;
    },
  };
}

async function addFindings(
  answer: Extract<RestAnswer, { kind: "rows" }>,
  request: RestRequest<unknown, unknown>,
  { kind, isShort }: Readonly<{ kind: ResourceKind; isShort: boolean }>,
): Promise<RestAnswer> {
  const { compact, fields } = Shown.parse(request.query);
  const rows = answer.rows.map((row) => Row.parse(row));
  const resourceIds = rows.map((row) => row.id);
  const ctx = bindVulnerabilities(request.platform, request.scope, request.caller);
  const described = await describeResources(ctx, {
    resourceKind: kind,
    resourceIds,
    withFindings: !compact && !isShort,
  });
  const parts = new Map(described.map((one) => [one.summary.resourceId, toScanPart(one, !compact && !isShort)]));
  return { ...answer, rows: rows.map((row) => pickFields({ ...row, ...parts.get(row.id) }, fields)) };
}
