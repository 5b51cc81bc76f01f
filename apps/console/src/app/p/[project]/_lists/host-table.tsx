"use client";

import { Badge } from "@rampart/ui/badge";
import { formatCount } from "@rampart/ui/core/format";
import { DataTable, type TableColumn } from "@rampart/ui/data-table";
import { RelativeTime } from "@rampart/ui/relative-time";
import type { ReactNode } from "react";
import { hostDefaultSort, type HostListRow, type HostView } from "./host-list.ts";
import { hostColumnIds } from "./resource-columns.ts";
import { FindingsCell, VerdictCell } from "./summary-cells.tsx";

type Column = TableColumn<HostListRow>;

function columnsOf(base: string): Readonly<Record<string, Column>> {
  return {
    name: { id: "name", header: "Host", cell: (row) => row.hostname, sort: "hostname" },
    findings: {
      id: "findings",
      header: "Findings",
      sort: "risk",
      cell: (row) => <FindingsCell row={row} href={`${base}/vulnerabilities/hosts/${row.id}`} />,
    },
    fixable: {
      id: "fixable",
      header: "With fix",
      align: "end",
      cell: (row) => (row.summary === null ? "" : formatCount(row.summary.fixable)),
    },
    exploited: {
      id: "exploited",
      header: "Exploited",
      cell: (row) =>
        row.summary !== null &&
        row.summary.knownExploited > 0 && <Badge tone="bad">{row.summary.knownExploited}</Badge>,
    },
    verdict: { id: "verdict", header: "Policy", cell: (row) => <VerdictCell row={row} /> },
    os: { id: "os", header: "Distribution", cell: (row) => <Distribution row={row} />, sort: "os" },
    kernel: { id: "kernel", header: "Kernel", cell: (row) => row.kernel },
    architecture: { id: "architecture", header: "Architecture", cell: (row) => row.architecture },
    engine: {
      id: "engine",
      header: "Engine",
      cell: (row) =>
        row.engine === null ? (
          <span className="text-ink-subtle">none</span>
        ) : (
          `${row.engine.kind} ${row.engine.version}`
        ),
    },
    packages: {
      id: "packages",
      header: "Packages",
      cell: (row) => formatCount(row.packageCount),
      sort: "packageCount",
      align: "end",
    },
    images: {
      id: "images",
      header: "Images",
      cell: (row) => formatCount(row.imageCount),
      sort: "imageCount",
      align: "end",
    },
    containers: {
      id: "containers",
      header: "Containers",
      cell: (row) => formatCount(row.containerCount),
      sort: "containerCount",
      align: "end",
    },
    lastSeen: {
      id: "lastSeen",
      header: "Last seen",
      cell: (row) => <RelativeTime at={row.lastSeenAt} />,
      sort: "lastSeenAt",
    },
  };
}

function columnsFor(view: HostView, base: string): readonly Column[] {
  const all = columnsOf(base);
  const ids: readonly string[] = hostColumnIds[view];
  const shown = ids.flatMap((id) => all[id] ?? []);
  const others = Object.values(all).filter(({ id }) => !ids.includes(id));
  return [...shown, ...others.map((column) => ({ ...column, hidden: true as const }))];
}

type HostTableProps = Readonly<{ rows: readonly HostListRow[]; view: HostView; base: string; empty: ReactNode }>;

export function HostTable({ rows, view, base, empty }: HostTableProps) {
  return (
    <DataTable
      label="Hosts"
      rows={rows}
      columns={columnsFor(view, base)}
      rowKey={(row) => row.id}
      rowHref={(row) => `${base}/vulnerabilities/hosts/${row.id}`}
      preview
      defaultSort={hostDefaultSort[view]}
      csvHref={`${base}/csv/hosts-${view}`}
      empty={empty}
    />
  );
}

function Distribution({ row }: Readonly<{ row: HostListRow }>) {
  if (row.os === null) return <span className="text-ink-subtle">unknown</span>;
  return (
    <>
      {row.os} {(!row.osSupported || row.summary?.unsupportedOs === true) && <Badge tone="warn">unsupported</Badge>}
    </>
  );
}
