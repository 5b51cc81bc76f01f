import { EmptyState } from "@rampart/ui/empty-state";
import { answered } from "#shell/answered.ts";
import { FilteredList, NoneFits } from "#shell/filtered-list.tsx";
import type { PageSearch } from "#shell/list-search.ts";
import type { OpenProject } from "#shell/open-project.ts";
import { askedFlaw } from "./asked-flaw.ts";
import { findingFields, readFindingRows, readFindingSearch } from "./finding-list.ts";
import { FindingPreview } from "./finding-preview.tsx";
import { FindingTable } from "./finding-table.tsx";
import { WhyNoFinding } from "./why-no-finding.tsx";

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
  const flaw = rows.length === 0 ? askedFlaw(search.filter) : null;
  return (
    <>
      <FilteredList
        path={path}
        fields={findingFields}
        placeholder="severity:critical fix:yes exploited:yes package:openssl"
        search={search}
        shown={rows.length}
        total={total}
      >
        <FindingTable
          rows={rows}
          base={open.base}
          kind={resourceKind}
          csvHref={`${open.base}/csv/findings?resourceKind=${resourceKind}&resourceId=${encodeURIComponent(resourceId)}`}
          empty={
            flaw !== null ? (
              <WhyNoFinding open={open} resource={{ resourceKind, resourceId }} id={flaw} />
            ) : search.typed === "" ? (
              <EmptyState title={whenEmpty} />
            ) : (
              <NoneFits noun="finding" path={path} />
            )
          }
        />
      </FilteredList>
      {search.open !== undefined && <FindingPreview open={open} id={search.open} />}
    </>
  );
}
