import type { PackageKind } from "@rampart/inspection/contract";
import type { UseState } from "@rampart/inventory/contract";
import { EmptyState } from "@rampart/ui/empty-state";
import { answered } from "#shell/answered.ts";
import { FilteredList, NoneFits } from "#shell/filtered-list.tsx";
import { given, type PageSearch } from "#shell/list-search.ts";
import type { OpenProject } from "#shell/open-project.ts";
import { packageFields, readPackageSearch, useStates } from "./package-list.ts";
import { PackageTable } from "./package-table.tsx";

type PackageTabProps = Readonly<{
  open: OpenProject;
  search: PageSearch;
  resourceKind: "image" | "host";
  resourceId: string;
  path: string;
}>;

export async function PackageTab({ open, search: address, resourceKind, resourceId, path }: PackageTabProps) {
  const search = readPackageSearch(address);
  const { sort, reverse, offset, limit } = search;
  const { fields, text } = search.filter;
  const layer = Number(fields["layer"]?.[0] ?? Number.NaN);
  const { rows, total } = await answered(
    open.api.inventory.listPackages({
      project: open.project,
      resourceKind,
      resourceId,
      sort,
      reverse,
      offset,
      limit,
      ...given({
        search: text,
        // The filter accepts only the kinds of its list, which are the contract's.
        kinds: fields["kind"] && ([...fields["kind"]] as PackageKind[]),
        use: fields["use"]?.filter((word): word is UseState => useStates.some((state) => state === word)),
        layer: Number.isInteger(layer) && layer >= 0 ? layer : undefined,
      }),
    }),
  );
  return (
    <FilteredList
      path={path}
      fields={packageFields}
      placeholder="use:used openssl"
      search={search}
      shown={rows.length}
      total={total}
    >
      <PackageTable
        rows={rows}
        kind={resourceKind}
        empty={
          search.typed === "" ? (
            <EmptyState title="No package was found in it" />
          ) : (
            <NoneFits noun="package" path={path} />
          )
        }
      />
    </FilteredList>
  );
}
