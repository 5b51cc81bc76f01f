"use client";

import type { AuditEntryRow } from "@rampart/audit/contract";
import { DataTable, type TableColumn } from "@rampart/ui/data-table";
import { RelativeTime } from "@rampart/ui/relative-time";
import type { ReactNode } from "react";
import { auditDefaultSort } from "../../../_lists/audit-list.ts";

type Column = TableColumn<AuditEntryRow>;

const columns: readonly Column[] = [
  { id: "action", header: "Action", cell: (row) => <span className="font-mono text-xs">{row.action}</span> },
  { id: "subject", header: "What", cell: (row) => row.subject ?? "" },
  { id: "by", header: "Who", cell: (row) => row.callerName },
  { id: "kind", header: "Kind", cell: (row) => row.callerKind },
  { id: "from", header: "From", cell: (row) => row.sourceIp ?? "" },
  { id: "changes", header: "Changes", cell: (row) => row.differences.length, align: "end" },
  { id: "at", header: "When", cell: (row) => <RelativeTime at={row.at} />, sort: "at" },
];

type AuditTableProps = Readonly<{ rows: readonly AuditEntryRow[]; base: string; empty: ReactNode }>;

export function AuditTable({ rows, base, empty }: AuditTableProps) {
  return (
    <DataTable
      label="Audit log"
      rows={rows}
      columns={columns}
      rowKey={(row) => row.id}
      preview
      defaultSort={auditDefaultSort}
      csvHref={`${base}/csv/audit-log`}
      empty={empty}
    />
  );
}
