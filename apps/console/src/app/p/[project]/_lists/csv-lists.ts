import type { Page } from "@rampart/kernel";
import { one, type PageSearch } from "#shell/list-search.ts";
import type { OpenProject } from "#shell/open-project.ts";
import { readAuditRows, readAuditSearch } from "./audit-list.ts";
import type { CsvColumn } from "./csv-column.ts";
import {
  containerColumns,
  cveColumns,
  defenderColumns,
  deliveryColumns,
  findingColumns,
  auditColumns,
} from "./csv-columns.ts";
import { hostColumns, imageColumns } from "./csv-resource-columns.ts";
import { readContainerRows, readContainerSearch } from "./container-list.ts";
import { readCveRows, readCveSearch } from "./cve-list.ts";
import { readDeliveryRows, readDeliverySearch } from "./delivery-list.ts";
import { readDefenderRows, readDefenderSearch } from "./defender-list.ts";
import { readFindingRows, readFindingSearch } from "./finding-list.ts";
import { readHostRows, readHostSearch } from "./host-list.ts";
import { readImageRows, readImageSearch } from "./image-list.ts";

type CsvList = Readonly<{
  columns: readonly CsvColumn<unknown>[];
  read: (open: OpenProject, address: PageSearch) => Promise<Page<unknown>>;
}>;

function csvList<Row>(
  columns: readonly CsvColumn<Row>[],
  read: (open: OpenProject, address: PageSearch) => Promise<Page<Row>>,
): CsvList {
  // Rows are handed only to the columns that stand beside the reader they come from.
  return { columns: columns as readonly CsvColumn<unknown>[], read };
}

/** Every table that can be taken away as a file. */
export const csvLists: Readonly<Record<string, CsvList>> = {
  "images-findings": csvList(imageColumns("findings"), (open, address) =>
    readImageRows(open, readImageSearch(address, "findings")),
  ),
  "images-inventory": csvList(imageColumns("inventory"), (open, address) =>
    readImageRows(open, readImageSearch(address, "inventory")),
  ),
  "hosts-findings": csvList(hostColumns("findings"), (open, address) =>
    readHostRows(open, readHostSearch(address, "findings")),
  ),
  "hosts-inventory": csvList(hostColumns("inventory"), (open, address) =>
    readHostRows(open, readHostSearch(address, "inventory")),
  ),
  containers: csvList(containerColumns, (open, address) => readContainerRows(open, readContainerSearch(address))),
  cves: csvList(cveColumns, (open, address) => readCveRows(open, readCveSearch(address))),
  findings: csvList(findingColumns, (open, address) =>
    readFindingRows(open, readFindingSearch(address), placeOf(address)),
  ),
  defenders: csvList(defenderColumns, (open, address) => readDefenderRows(open, readDefenderSearch(address))),
  "audit-log": csvList(auditColumns, (open, address) => readAuditRows(open, readAuditSearch(address, anyAuditFields))),
  deliveries: csvList(deliveryColumns, (open, address) => readDeliveryRows(open, readDeliverySearch(address))),
};

/** A file is made without asking for the known values first: the words are the same, any value is taken. */
const anyAuditFields = [
  { name: "action", hint: "" },
  { name: "by", hint: "" },
];

function placeOf(address: PageSearch) {
  const kind = one(address["resourceKind"]);
  const id = one(address["resourceId"]);
  if ((kind !== "image" && kind !== "host") || id === undefined) return {};
  return { resourceKind: kind, resourceId: id } as const;
}
