import type { HostRow } from "@rampart/inventory/contract";
import type { FilterField } from "@rampart/ui/core/filter-words";
import { given, labelFilter, type ListSearch, type PageSearch, readListSearch } from "#shell/list-search.ts";
import type { OpenProject } from "#shell/open-project.ts";
import { listRiskRows, riskFields, type RiskRows, type WithSummary } from "./risk-rows.ts";

export type HostListRow = WithSummary<HostRow>;
export type HostSort =
  | "hostname"
  | "os"
  | "packageCount"
  | "containerCount"
  | "imageCount"
  | "firstSeenAt"
  | "lastSeenAt";

export const hostFields: readonly FilterField[] = [
  ...riskFields,
  { name: "distribution", hint: "advisories exist for it", values: ["supported", "unsupported"] },
];

const sorts = [
  "risk",
  "hostname",
  "os",
  "packageCount",
  "containerCount",
  "imageCount",
  "firstSeenAt",
  "lastSeenAt",
] as const satisfies readonly ("risk" | HostSort)[];

export type HostView = "findings" | "inventory";
export const hostDefaultSort = {
  findings: { key: "risk", reverse: true },
  inventory: { key: "hostname", reverse: false },
} as const;

export function readHostSearch(search: PageSearch, view: HostView): ListSearch<"risk" | HostSort> {
  return readListSearch<"risk" | HostSort>(search, { fields: hostFields, sorts, defaultSort: hostDefaultSort[view] });
}

export async function readHostRows(
  open: OpenProject,
  search: ListSearch<"risk" | HostSort>,
): Promise<RiskRows<HostRow>> {
  const { fields, text } = search.filter;
  const asked = given({
    search: text,
    label: labelFilter(search.filter),
    osSupported: fields["distribution"] && fields["distribution"].at(-1) === "supported",
  });
  return listRiskRows<HostRow, HostSort>(open, search, {
    kind: "host",
    idOf: (row) => row.id,
    list: ({ ids, ...page }) =>
      open.api.inventory.listHosts({
        project: open.project,
        ...asked,
        ...page,
        ...(ids !== undefined && { ids: [...ids] }),
      }),
    sortValue: (row, sort) => row[sort] ?? "",
  });
}
