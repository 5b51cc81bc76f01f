"use client";

import type { DefenderRow } from "@rampart/fleet/contract";
import { Badge } from "@rampart/ui/badge";
import { formatCount } from "@rampart/ui/core/format";
import { DataTable, type TableColumn } from "@rampart/ui/data-table";
import { RelativeTime } from "@rampart/ui/relative-time";
import { StatusWord } from "@rampart/ui/status-word";
import type { ReactNode } from "react";
import { defenderDefaultSort } from "../../../_lists/defender-list.ts";

type Column = TableColumn<DefenderRow>;

const columns: readonly Column[] = [
  { id: "hostname", header: "Host", cell: (row) => row.hostname, sort: "hostname" },
  { id: "state", header: "State", cell: (row) => <StatusWord word={row.state} /> },
  { id: "since", header: "Since", cell: (row) => <RelativeTime at={row.stateSince} /> },
  { id: "version", header: "Version", cell: (row) => row.version, sort: "version" },
  { id: "os", header: "Distribution", cell: (row) => row.os ?? <span className="text-ink-subtle">not known yet</span> },
  {
    id: "engine",
    header: "Engine",
    cell: (row) =>
      row.engine === null ? <span className="text-ink-subtle">none</span> : `${row.engine.kind} ${row.engine.version}`,
  },
  { id: "images", header: "Images", cell: (row) => formatCount(row.images), align: "end" },
  { id: "containers", header: "Containers", cell: (row) => formatCount(row.containers), align: "end" },
  {
    id: "duties",
    header: "Duties",
    cell: (row) => (row.failingDuties === 0 ? "all well" : <Badge tone="bad">{row.failingDuties} failing</Badge>),
  },
  { id: "lastSeen", header: "Last seen", cell: (row) => <RelativeTime at={row.lastSeenAt} />, sort: "lastSeenAt" },
  {
    id: "enrolled",
    header: "Enrolled",
    cell: (row) => <RelativeTime at={row.enrolledAt} />,
    sort: "enrolledAt",
    hidden: true,
  },
  {
    id: "certificate",
    header: "Certificate ends",
    cell: (row) => <RelativeTime at={row.certificateExpiresAt} missing="no certificate" />,
    hidden: true,
  },
  { id: "kernel", header: "Kernel", cell: (row) => row.kernel ?? "", hidden: true },
];

type DefenderTableProps = Readonly<{ rows: readonly DefenderRow[]; base: string; empty: ReactNode }>;

export function DefenderTable({ rows, base, empty }: DefenderTableProps) {
  return (
    <DataTable
      label="Defenders"
      rows={rows}
      columns={columns}
      rowKey={(row) => row.id}
      rowHref={(row) => `${base}/manage/defenders/${row.id}`}
      defaultSort={defenderDefaultSort}
      csvHref={`${base}/csv/defenders`}
      empty={empty}
    />
  );
}
