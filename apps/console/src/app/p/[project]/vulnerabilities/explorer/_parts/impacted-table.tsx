"use client";

import { DataTable, type TableColumn } from "@rampart/ui/data-table";
import { RelativeTime } from "@rampart/ui/relative-time";
import { SeverityBadge } from "@rampart/ui/severity-badge";
import type { ImpactedResource } from "@rampart/vulnerabilities/contract";
import type { ReactNode } from "react";

type Column = TableColumn<ImpactedResource>;

const columns: readonly Column[] = [
  { id: "name", header: "Resource", cell: (row) => row.resourceName },
  { id: "kind", header: "Kind", cell: (row) => row.resourceKind },
  { id: "severity", header: "Severity", cell: (row) => <SeverityBadge severity={row.severity} /> },
  {
    id: "packages",
    header: "Packages",
    cell: (row) => row.packages.map(({ packageName, packageVersion }) => `${packageName} ${packageVersion}`).join(", "),
  },
  {
    id: "fix",
    header: "Fixed in",
    cell: (row) => [...new Set(row.packages.map(({ fixVersion }) => fixVersion ?? "no fix"))].join(", "),
  },
  { id: "firstSeen", header: "Found", cell: (row) => <RelativeTime at={row.firstSeenAt} /> },
];

type ImpactedTableProps = Readonly<{ rows: readonly ImpactedResource[]; base: string; empty: ReactNode }>;

export function ImpactedTable({ rows, base, empty }: ImpactedTableProps) {
  return (
    <DataTable
      label="Impacted resources"
      rows={rows}
      columns={columns}
      rowKey={(row) => `${row.resourceKind} ${row.resourceId}`}
      rowHref={(row) => `${base}/vulnerabilities/${row.resourceKind}s/${encodeURIComponent(row.resourceId)}`}
      empty={empty}
    />
  );
}
