import type { AuditEntryRow } from "@rampart/audit/contract";
import type { Page } from "@rampart/kernel";
import type { FilterField } from "@rampart/ui/core/filter-words";
import { given, type ListSearch, type PageSearch, readListSearch } from "#shell/list-search.ts";
import type { OpenProject } from "#shell/open-project.ts";

export const auditDefaultSort = { key: "at", reverse: true } as const;

export function readAuditSearch(search: PageSearch, fields: readonly FilterField[]): ListSearch<"at"> {
  return readListSearch<"at">(search, { fields, sorts: ["at"], defaultSort: auditDefaultSort });
}

export async function readAuditRows(
  { api, project }: OpenProject,
  search: ListSearch<"at">,
): Promise<Page<AuditEntryRow>> {
  const { fields, text } = search.filter;
  return api.audit.listAuditEntries({
    project,
    // Newest first is what the log itself calls forwards.
    reverse: !search.reverse,
    offset: search.offset,
    limit: search.limit,
    ...given({
      search: text,
      actions: fields["action"] && [...fields["action"]],
      callerNames: fields["by"] && [...fields["by"]],
    }),
  });
}
