import { Button } from "@rampart/ui/button";
import { formatCounted } from "@rampart/ui/core/format";
import { EmptyState } from "@rampart/ui/empty-state";
import { PageHeader } from "@rampart/ui/page-header";
import type { Metadata } from "next";
import Link from "next/link";
import { answered } from "#shell/answered.ts";
import { FilteredList, NoneFits } from "#shell/filtered-list.tsx";
import type { PageSearch } from "#shell/list-search.ts";
import { Live } from "#shell/live.tsx";
import { openProject } from "#shell/open-project.ts";
import { cveFields, readCveRows, readCveSearch } from "../../_lists/cve-list.ts";
import { CveTable } from "../../_lists/cve-table.tsx";
import { CvePreview } from "./_parts/cve-preview.tsx";
import { ExplorerCounts } from "./_parts/explorer-counts.tsx";

export const metadata: Metadata = { title: "Vulnerability explorer" };

type Props = Readonly<{ params: Promise<{ project: string }>; searchParams: Promise<PageSearch> }>;

export default async function ExplorerPage({ params, searchParams }: Props) {
  const open = await openProject((await params).project);
  const search = readCveSearch(await searchParams);
  const [totals, { rows, total }] = await Promise.all([
    answered(open.api.vulnerabilities.overview({ project: open.project })),
    answered(readCveRows(open, search)),
  ]);
  const path = `${open.base}/vulnerabilities/explorer`;
  const shown = rows.find(({ cve }) => cve === search.open);
  return (
    <>
      <Live project={open.project} topics={["vulnerabilities."]} />
      <PageHeader
        title="Vulnerability explorer"
        summary={`${formatCounted(totals.funnel.total, "distinct CVE")} on ${formatCounted(totals.images, "image")} and ${formatCounted(totals.hosts, "host")}`}
      />
      <ExplorerCounts totals={totals} base={open.base} />
      <FilteredList
        path={path}
        fields={cveFields}
        placeholder="CVE-2021-44228 severity:high fix:yes exploited:yes on:image"
        search={search}
        shown={rows.length}
        total={total}
      >
        <CveTable
          rows={rows}
          base={open.base}
          empty={search.typed === "" ? <NoCves base={open.base} /> : <NoneFits noun="CVE" path={path} />}
        />
      </FilteredList>
      {shown !== undefined && <CvePreview row={shown} base={open.base} />}
    </>
  );
}

function NoCves({ base }: Readonly<{ base: string }>) {
  return (
    <EmptyState
      title="No flaw is known in what has been inspected"
      action={
        <Button asChild>
          <Link href={`${base}/manage/intelligence`}>See what advisories are loaded</Link>
        </Button>
      }
    >
      That is only as good as the advisories that were compared.
    </EmptyState>
  );
}
