import { packageKinds } from "@rampart/inspection/contract";
import type { FilterField } from "@rampart/ui/core/filter-words";
import { type ListSearch, type PageSearch, readListSearch } from "#shell/list-search.ts";

export const packageFields: readonly FilterField[] = [
  { name: "kind", hint: "how it was installed", values: packageKinds },
  { name: "layer", hint: "number of the layer, from 0" },
];

const sorts = ["name", "version", "kind", "layer", "path"] as const;
export type PackageSort = (typeof sorts)[number];
export const packageDefaultSort = { key: "name", reverse: false } as const;

export function readPackageSearch(search: PageSearch): ListSearch<PackageSort> {
  return readListSearch<PackageSort>(search, { fields: packageFields, sorts, defaultSort: packageDefaultSort });
}
