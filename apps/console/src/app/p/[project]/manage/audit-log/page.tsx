import type { FilterField } from "@rampart/ui/core/filter-words";
import { formatCounted } from "@rampart/ui/core/format";
import { EmptyState } from "@rampart/ui/empty-state";
import { KeyValue } from "@rampart/ui/key-value";
import { PageHeader } from "@rampart/ui/page-header";
import { PreviewSheet } from "@rampart/ui/preview-sheet";
import { RelativeTime } from "@rampart/ui/relative-time";
import type { AuditEntryRow } from "@rampart/audit/contract";
import type { Metadata } from "next";
import { answered } from "#shell/answered.ts";
import { FilteredList, NoneFits } from "#shell/filtered-list.tsx";
import type { PageSearch } from "#shell/list-search.ts";
import { openProject } from "#shell/open-project.ts";
import { readAuditRows, readAuditSearch } from "../../_lists/audit-list.ts";
import { AuditTable } from "./_parts/audit-table.tsx";
import { DifferenceList } from "./_parts/difference-list.tsx";

export const metadata: Metadata = { title: "Audit log" };

type Props = Readonly<{ params: Promise<{ project: string }>; searchParams: Promise<PageSearch> }>;

export default async function AuditLogPage({ params, searchParams }: Props) {
  const open = await openProject((await params).project);
  const values = await answered(open.api.audit.listAuditFilterValues({ project: open.project }));
  const fields: readonly FilterField[] = [
    { name: "action", hint: "what was done", values: values.actions },
    { name: "by", hint: "who did it", values: values.callerNames },
  ];
  const search = readAuditSearch(await searchParams, fields);
  const { rows, total } = await answered(readAuditRows(open, search));
  const path = `${open.base}/manage/audit-log`;
  const shown = rows.find(({ id }) => id === search.open);
  return (
    <>
      <PageHeader title="Audit log" summary={formatCounted(total, "entry", "entries")} />
      <FilteredList
        path={path}
        fields={fields}
        placeholder="action:vulnerabilities.policy.saved by:admin"
        search={search}
        shown={rows.length}
        total={total}
      >
        <AuditTable
          rows={rows}
          base={open.base}
          empty={
            search.typed === "" ? (
              <EmptyState title="Nothing has been changed yet" />
            ) : (
              <NoneFits noun="entry" path={path} />
            )
          }
        />
      </FilteredList>
      {shown !== undefined && <EntryPreview entry={shown} />}
    </>
  );
}

function EntryPreview({ entry }: Readonly<{ entry: AuditEntryRow }>) {
  return (
    <PreviewSheet title={entry.action}>
      <div className="grid gap-5">
        <KeyValue
          facts={[
            ["When", <RelativeTime key="at" at={entry.at} />],
            ["Who", `${entry.callerName} (${entry.callerKind})`],
            ["From", entry.sourceIp ?? "inside the installation"],
            ["What", entry.subject ?? "not named"],
          ]}
        />
        <DifferenceList differences={entry.differences} />
      </div>
    </PreviewSheet>
  );
}
