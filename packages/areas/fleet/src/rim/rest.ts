import { listQuery, RestFlag, restRoute, type RestRequest, type RestRoute } from "@rampart/rpc";
import { z } from "zod";
import { bindFleet } from "../bind.ts";
import { CategoryCount, filterValuesMax, ListDefenders } from "../contract.ts";
import type { FleetCtx } from "../ports.ts";
import { countDefendersByCategory } from "../verbs/count-defenders-by-category.ts";
import { listDefenderNames } from "../verbs/list-defender-names.ts";
import { listDefenders } from "../verbs/list-defenders.ts";
import { retireDefendersOfHost } from "../verbs/retire-defenders-of-host.ts";
import { DefenderResult, toDefenderResult } from "./rest/defender-result.ts";

const tag = "Defenders";
const Name = z.string().max(253);

/** Several values of one parameter, joined by commas. */
const RestValues = z
  .string()
  .max(16_384)
  .transform((text) =>
    text
      .split(",")
      .filter((value) => value !== "")
      .slice(0, filterValuesMax),
  );

const DefenderQuery = listQuery.extend({
  hostname: RestValues.optional(),
  type: RestValues.optional(),
  connected: RestFlag.optional(),
});

const bound = ({ platform, scope, caller }: RestRequest<unknown, unknown>): FleetCtx =>
  bindFleet(platform, scope, caller);

/** Types of the public API that exist here; Defenders of any other type do not, so asking for them finds none. */
const engineOfType: ReadonlyMap<string, string> = new Map([
  ["docker", "docker"],
  ["podman", "podman"],
  ["serverLinux", "none"],
]);

function toListDefenders({ hostname, type, connected, sort, ...page }: z.infer<typeof DefenderQuery>): ListDefenders {
  const away = connected === undefined ? undefined : (["stale", "disconnected"] as const);
  return ListDefenders.parse({
    ...page,
    ...(sort === "version" && { sort }),
    hostnames: hostname,
    states: connected === true ? ["connected"] : away,
    engines: type?.flatMap((name) => engineOfType.get(name) ?? []),
  });
}

export const fleetRest: readonly RestRoute[] = [
  restRoute({
    method: "get",
    path: "/defenders",
    tag,
    summary: "Defenders in service",
    query: DefenderQuery,
    answer: DefenderResult,
    answers: "rows",
    async run(request) {
      const { rows, total } = await listDefenders(bound(request), toListDefenders(request.query));
      return { kind: "rows", rows: rows.map(toDefenderResult), total };
    },
  }),
  restRoute({
    method: "get",
    path: "/defenders/names",
    tag,
    summary: "Host names only, for pickers",
    query: listQuery.pick({ search: true }),
    answer: z.array(Name).max(5_000),
    answers: "json",
    async run(request) {
      return { kind: "json", value: await listDefenderNames(bound(request)) };
    },
  }),
  restRoute({
    method: "get",
    path: "/defenders/summary",
    tag,
    summary: "Defenders per category",
    query: z.object({}),
    answer: z.array(CategoryCount).max(2),
    answers: "json",
    async run(request) {
      return { kind: "json", value: await countDefendersByCategory(bound(request)) };
    },
  }),
  restRoute({
    method: "delete",
    path: "/defenders/{id}",
    tag,
    summary: "Retire the Defenders of a host, which the id names",
    query: z.object({}),
    answers: "empty",
    async run(request) {
      await retireDefendersOfHost(bound(request), Name.parse(request.params["id"]));
      return { kind: "empty" };
    },
  }),
];
