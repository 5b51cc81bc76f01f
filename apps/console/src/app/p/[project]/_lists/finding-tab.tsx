import { Button } from "@rampart/ui/button";
import { EmptyState } from "@rampart/ui/empty-state";
import { FilterBar } from "@rampart/ui/filter-bar";
import { Pager } from "@rampart/ui/pager";
import Link from "next/link";
import { answered } from "#shell/answered.ts";
import type { PageSearch } from "#shell/list-search.ts";
import type { OpenProject } from "#shell/open-project.ts";
import { findingFields, readFindingRows, readFindingSearch } from "./finding-list.ts";
import { FindingPreview } from "./finding-preview.tsx";
import { FindingTable } from "./finding-table.tsx";

type FindingTabProps = Readonly<{
  open: OpenProject;
  search: PageSearch;
  resourceKind: "image" | "host";
  resourceId: string;
  path: string;
  /** What an empty list means here: nothing found, or nobody could look. */
  whenEmpty: string;
}>;

export async function FindingTab({ open, search: given, resourceKind, resourceId, path, whenEmpty }: FindingTabProps) {
  const search = readFindingSearch(given);
  const { rows, total } = await answered(readFindingRows(open, search, { resourceKind, resourceId }));
  return (
    <>
      <FilterBar
        fields={findingFields}
        value={search.typed}
        problems={search.filter.problems}
        placeholder="severity:critical fix:yes exploited:yes package:openssl"
      />
      <FindingTable
        rows={rows}
        base={open.base}
        kind={resourceKind}
        csvHref={`${open.base}/csv/findings?resourceKind=${resourceKind}&resourceId=${encodeURIComponent(resourceId)}`}
        empty={<NoFindings filtered={search.typed !== ""} path={path} whenEmpty={whenEmpty} />}
      />
      <Pager
        path={path}
        search={search.text}
        offset={search.offset}
        limit={search.limit}
        shown={rows.length}
        total={total}
      />
      {search.open !== undefined && <FindingPreview open={open} id={search.open} />}
    </>
  );
}

function NoFindings({ filtered, path, whenEmpty }: Readonly<{ filtered: boolean; path: string; whenEmpty: string }>) {
  if (!filtered) return <EmptyState title={whenEmpty} />;
  return (
    <EmptyState
      title="No finding fits the filter"
      action={
        <Button asChild>
          <Link href={path}>Clear the filter</Link>
        </Button>
      }
    />
  );
}
