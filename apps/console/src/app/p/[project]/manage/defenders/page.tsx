import { Button } from "@rampart/ui/button";
import { formatCounted } from "@rampart/ui/core/format";
import { EmptyState } from "@rampart/ui/empty-state";
import { FilterBar } from "@rampart/ui/filter-bar";
import { PageHeader } from "@rampart/ui/page-header";
import { Pager } from "@rampart/ui/pager";
import { Plus } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { answered } from "#shell/answered.ts";
import type { PageSearch } from "#shell/list-search.ts";
import { Live } from "#shell/live.tsx";
import { openProject } from "#shell/open-project.ts";
import { defenderFields, readDefenderRows, readDefenderSearch } from "../../_lists/defender-list.ts";
import { DefenderTable } from "./_parts/defender-table.tsx";

export const metadata: Metadata = { title: "Defenders" };

type Props = Readonly<{ params: Promise<{ project: string }>; searchParams: Promise<PageSearch> }>;

export default async function DefendersPage({ params, searchParams }: Props) {
  const open = await openProject((await params).project);
  const search = readDefenderSearch(await searchParams);
  const [{ rows, total }, counts] = await Promise.all([
    answered(readDefenderRows(open, search)),
    answered(open.api.fleet.countDefenders({ project: open.project })),
  ]);
  const path = `${open.base}/manage/defenders`;
  const mayWrite = open.can("fleet.write");
  return (
    <>
      <Live project={open.project} topics={["fleet.", "inventory."]} />
      <PageHeader
        title="Defenders"
        summary={`${counts.connected} connected, ${counts.stale} stale, ${counts.disconnected} disconnected`}
      >
        <EnrolButton href={`${path}/enrol`} mayWrite={mayWrite} />
      </PageHeader>
      <FilterBar
        fields={defenderFields}
        value={search.typed}
        problems={search.filter.problems}
        placeholder="state:disconnected version:0.1.0"
      />
      <DefenderTable
        rows={rows}
        base={open.base}
        empty={
          <EmptyState
            title={search.typed === "" ? "No Defender is enrolled yet" : "No Defender fits the filter"}
            action={search.typed === "" ? <EnrolButton href={`${path}/enrol`} mayWrite={mayWrite} /> : undefined}
          >
            {search.typed === "" && "A Defender runs on a host and reports what is installed and running there."}
          </EmptyState>
        }
      />
      <Pager
        path={path}
        search={search.text}
        offset={search.offset}
        limit={search.limit}
        shown={rows.length}
        total={total}
      />
      {counts.retired > 0 && search.typed === "" && (
        <p className="text-sm text-ink-muted">
          <Link href={`${path}?q=state:retired`} className="text-accent hover:underline">
            {formatCounted(counts.retired, "retired Defender")}
          </Link>{" "}
          not shown.
        </p>
      )}
    </>
  );
}

function EnrolButton({ href, mayWrite }: Readonly<{ href: string; mayWrite: boolean }>) {
  if (!mayWrite) {
    return (
      <Button
        kind="primary"
        disabled
        title="Enrolling needs the right to write the fleet. A tenant administrator can give it."
      >
        <Plus aria-hidden /> Enrol a Defender
      </Button>
    );
  }
  return (
    <Button kind="primary" asChild>
      <Link href={href}>
        <Plus aria-hidden /> Enrol a Defender
      </Link>
    </Button>
  );
}
