import type { ImageRow } from "@rampart/inventory/contract";
import type { FilterField } from "@rampart/ui/core/filter-words";
import { given, labelFilter, type ListSearch, type PageSearch, readListSearch } from "#shell/list-search.ts";
import type { OpenProject } from "#shell/open-project.ts";
import { listRiskRows, riskFields, type RiskRows, type WithSummary } from "./risk-rows.ts";

export type ImageListRow = WithSummary<ImageRow>;
export type ImageSort =
  | "name"
  | "os"
  | "sizeBytes"
  | "packageCount"
  | "containerCount"
  | "hostCount"
  | "firstSeenAt"
  | "lastSeenAt";

export const imageFields: readonly FilterField[] = [
  ...riskFields,
  { name: "host", hint: "is on the host with this name" },
  { name: "scan", hint: "state of the inspection", values: ["pending", "scanned", "failed"] },
  { name: "distribution", hint: "advisories exist for it", values: ["supported", "unsupported"] },
];

const sorts = [
  "risk",
  "name",
  "os",
  "sizeBytes",
  "packageCount",
  "containerCount",
  "hostCount",
  "firstSeenAt",
  "lastSeenAt",
] as const satisfies readonly ("risk" | ImageSort)[];

export type ImageView = "findings" | "inventory";
export const imageDefaultSort = {
  findings: { key: "risk", reverse: true },
  inventory: { key: "name", reverse: false },
} as const;

export function readImageSearch(search: PageSearch, view: ImageView): ListSearch<"risk" | ImageSort> {
  return readListSearch<"risk" | ImageSort>(search, {
    fields: imageFields,
    sorts,
    defaultSort: imageDefaultSort[view],
  });
}

export async function readImageRows(
  open: OpenProject,
  search: ListSearch<"risk" | ImageSort>,
): Promise<RiskRows<ImageRow>> {
  const { fields, text } = search.filter;
  const asked = given({
    search: text,
    label: labelFilter(search.filter),
    hostnames: fields["host"] && [...fields["host"]],
    scanState: scanStateOf(fields["scan"]?.at(-1)),
    osSupported: fields["distribution"] && fields["distribution"].at(-1) === "supported",
  });
  return listRiskRows<ImageRow, ImageSort>(open, search, {
    kind: "image",
    idOf: (row) => row.id,
    list: ({ ids, ...page }) =>
      open.api.inventory.listImages({
        project: open.project,
        ...asked,
        ...page,
        ...(ids !== undefined && { ids: [...ids] }),
      }),
    sortValue: (row, sort) => row[sort] ?? "",
  });
}

function scanStateOf(word: string | undefined): "pending" | "scanned" | "failed" | undefined {
  return word === "pending" || word === "scanned" || word === "failed" ? word : undefined;
}
