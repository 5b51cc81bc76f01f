import { EmptyState } from "@rampart/ui/empty-state";
import { Pager } from "@rampart/ui/pager";
import { answered } from "#shell/answered.ts";
import { type PageSearch, readListSearch } from "#shell/list-search.ts";
import type { OpenProject } from "#shell/open-project.ts";
import { AuditTrail } from "./audit-trail.tsx";

type HistoryTabProps = Readonly<{
  open: OpenProject;
  search: PageSearch;
  resourceKind: "image" | "host";
  resourceId: string;
  path: string;
}>;

/** What the policy said about the resource over time. */
export async function HistoryTab({ open, search: address, resourceKind, resourceId, path }: HistoryTabProps) {
  const search = readListSearch(address, { fields: [], sorts: ["at"], defaultSort: { key: "at", reverse: true } });
  const { offset, limit } = search;
  const { rows, total } = await answered(
    open.api.vulnerabilities.listAudits({ project: open.project, resourceKind, resourceId, offset, limit }),
  );
  if (rows.length === 0) return <EmptyState title="The policy has not objected to it so far" />;
  return (
    <>
      <div className="rounded-lg border bg-surface">
        <AuditTrail audits={rows} base={open.base} />
      </div>
      <Pager path={path} search={search.text} offset={offset} limit={limit} shown={rows.length} total={total} />
    </>
  );
}
