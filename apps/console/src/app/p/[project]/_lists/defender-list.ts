import type { DefenderRow } from "@rampart/fleet/contract";
import type { Page } from "@rampart/kernel";
import type { FilterField } from "@rampart/ui/core/filter-words";
import { given, type ListSearch, type PageSearch, readListSearch } from "#shell/list-search.ts";
import type { OpenProject } from "#shell/open-project.ts";

const states = ["connected", "stale", "disconnected", "retired"] as const;

export const defenderFields: readonly FilterField[] = [
  { name: "state", hint: "connected, stale, disconnected or retired", values: states },
  { name: "version", hint: "exact version" },
];

const sorts = ["hostname", "version", "lastSeenAt", "enrolledAt"] as const;
export type DefenderSort = (typeof sorts)[number];
export const defenderDefaultSort = { key: "hostname", reverse: false } as const;

export function readDefenderSearch(search: PageSearch): ListSearch<DefenderSort> {
  return readListSearch<DefenderSort>(search, { fields: defenderFields, sorts, defaultSort: defenderDefaultSort });
}

export async function readDefenderRows(
  { api, project }: OpenProject,
  search: ListSearch<DefenderSort>,
): Promise<Page<DefenderRow>> {
  const { sort, reverse, offset, limit, filter } = search;
  return api.fleet.listDefenders({
    project,
    sort,
    reverse,
    offset,
    limit,
    ...given({
      search: filter.text,
      states: filter.fields["state"] && states.filter((state) => filter.fields["state"]?.includes(state)),
      versions: filter.fields["version"] && [...filter.fields["version"]],
    }),
  });
}
