import { Button } from "@rampart/ui/button";
import { formatCounted } from "@rampart/ui/core/format";
import { changeSearch } from "@rampart/ui/core/search-text";
import { EmptyState } from "@rampart/ui/empty-state";
import { PageHeader } from "@rampart/ui/page-header";
import Link from "next/link";
import { answered } from "#shell/answered.ts";
import { FilteredList, NoneFits } from "#shell/filtered-list.tsx";
import type { PageSearch } from "#shell/list-search.ts";
import { Live } from "#shell/live.tsx";
import { openProject } from "#shell/open-project.ts";
import { hostFields, type HostView, readHostRows, readHostSearch } from "./host-list.ts";
import { HostPreview } from "./host-preview.tsx";
import { HostTable } from "./host-table.tsx";
import { RiskiestOnly } from "./riskiest-only.tsx";

type HostListPageProps = Readonly<{ project: string; search: PageSearch; view: HostView }>;

/** The hosts of a project, with their findings or with their inventory in front. */
export async function HostListPage({ project, search: given, view }: HostListPageProps) {
  const open = await openProject(project);
  const search = readHostSearch(given, view);
  const listed = await answered(readHostRows(open, search));
  const path = `${open.base}/${view === "findings" ? "vulnerabilities" : "inventory"}/hosts`;
  return (
    <>
      <Live project={project} topics={["inventory.", "vulnerabilities.resource-matched"]} />
      <PageHeader title="Hosts" summary={formatCounted(listed.total, "host")} />
      <FilteredList
        path={path}
        fields={hostFields}
        placeholder="severity:critical exploited:yes distribution:unsupported"
        search={search}
        shown={listed.rows.length}
        total={listed.total}
      >
        <RiskiestOnly
          listed={listed}
          noun="hosts"
          byName={path + changeSearch(search.text, { sort: "hostname", offset: null })}
        />
        <HostTable
          rows={listed.rows}
          view={view}
          base={open.base}
          empty={search.typed === "" ? <NoHosts base={open.base} /> : <NoneFits noun="host" path={path} />}
        />
      </FilteredList>
      {search.open !== undefined && <HostPreview open={open} id={search.open} />}
    </>
  );
}

function NoHosts({ base }: Readonly<{ base: string }>) {
  return (
    <EmptyState
      title="No host reports yet"
      action={
        <Button kind="primary" asChild>
          <Link href={`${base}/manage/defenders/enrol`}>Enrol a Defender</Link>
        </Button>
      }
    >
      A host appears when the Defender on it connects for the first time.
    </EmptyState>
  );
}
