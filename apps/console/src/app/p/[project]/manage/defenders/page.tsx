import { Button } from "@rampart/ui/button";
import { formatCounted } from "@rampart/ui/core/format";
import { EmptyState } from "@rampart/ui/empty-state";
import { PageHeader } from "@rampart/ui/page-header";
import { Plus } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { answered } from "#shell/answered.ts";
import { FilteredList, NoneFits } from "#shell/filtered-list.tsx";
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
      <FilteredList
        path={path}
        fields={defenderFields}
        placeholder="state:disconnected version:0.1.0"
        search={search}
        shown={rows.length}
        total={total}
      >
        <DefenderTable
          rows={rows}
          base={open.base}
          empty={
            search.typed === "" ? (
              <EmptyState
                title="No Defender is enrolled yet"
                action={<EnrolButton href={`${path}/enrol`} mayWrite={mayWrite} />}
              >
                A Defender runs on a host and reports what is installed and running there.
              </EmptyState>
            ) : (
              <NoneFits noun="Defender" path={path} />
            )
          }
        />
      </FilteredList>
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
