import { Button } from "@rampart/ui/button";
import { formatCounted } from "@rampart/ui/core/format";
import { changeSearch } from "@rampart/ui/core/search-text";
import { EmptyState } from "@rampart/ui/empty-state";
import { FilterBar } from "@rampart/ui/filter-bar";
import { PageHeader } from "@rampart/ui/page-header";
import { Pager } from "@rampart/ui/pager";
import Link from "next/link";
import { answered } from "#shell/answered.ts";
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
      <FilterBar
        fields={hostFields}
        value={search.typed}
        problems={search.filter.problems}
        placeholder="severity:critical exploited:yes distribution:unsupported"
      />
      <RiskiestOnly
        listed={listed}
        noun="hosts"
        byName={path + changeSearch(search.text, { sort: "hostname", offset: null })}
      />
      <HostTable
        rows={listed.rows}
        view={view}
        base={open.base}
        empty={<NoHosts filtered={search.typed !== ""} base={open.base} path={path} />}
      />
      <Pager
        path={path}
        search={search.text}
        offset={search.offset}
        limit={search.limit}
        shown={listed.rows.length}
        total={listed.total}
      />
      {search.open !== undefined && <HostPreview open={open} id={search.open} />}
    </>
  );
}

function NoHosts({ filtered, base, path }: Readonly<{ filtered: boolean; base: string; path: string }>) {
  return filtered ? (
    <EmptyState
      title="No host fits the filter"
      action={
        <Button asChild>
          <Link href={path}>Clear the filter</Link>
        </Button>
      }
    />
  ) : (
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
