import { packageKinds } from "@rampart/inspection/contract";
import type { UseState } from "@rampart/inventory/contract";
import type { FilterField } from "@rampart/ui/core/filter-words";
import { type ListSearch, type PageSearch, readListSearch } from "#shell/list-search.ts";

// Written out, so that a browser need not load the schemas of the contract for three words.
export const useStates = ["used", "not-seen", "unknown"] as const satisfies readonly UseState[];

export const packageFields: readonly FilterField[] = [
  { name: "kind", hint: "how it was installed", values: packageKinds },
  { name: "use", hint: "whether a process was seen using it", values: useStates },
  { name: "layer", hint: "number of the layer, from 0" },
];

const sorts = ["name", "version", "kind", "layer", "path"] as const;
export type PackageSort = (typeof sorts)[number];
export const packageDefaultSort = { key: "name", reverse: false } as const;

export function readPackageSearch(search: PageSearch): ListSearch<PackageSort> {
  return readListSearch<PackageSort>(search, { fields: packageFields, sorts, defaultSort: packageDefaultSort });
}
