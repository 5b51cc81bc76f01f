"use client";

import { Badge } from "@rampart/ui/badge";
import { DataTable, type TableColumn } from "@rampart/ui/data-table";
import { RelativeTime } from "@rampart/ui/relative-time";
import { SeverityCounts } from "@rampart/ui/severity-counts";
import { StatusWord } from "@rampart/ui/status-word";
import Link from "next/link";
import type { ReactNode } from "react";
import { ChangeWords } from "./change-words.tsx";
import { containerDefaultSort, containerHref, type ContainerListRow } from "./container-list.ts";
import { formatPort } from "./format-port.ts";

type Column = TableColumn<ContainerListRow>;

function columnsOf(base: string): readonly Column[] {
  return [
    { id: "name", header: "Container", cell: (row) => row.name, sort: "name" },
    { id: "state", header: "State", cell: (row) => <StatusWord word={row.state} />, sort: "state" },
    {
      id: "image",
      header: "Image",
      sort: "imageName",
      cell: (row) => (
        <Link
          href={`${base}/vulnerabilities/images/${encodeURIComponent(row.imageId)}`}
          className="hover:text-accent hover:underline"
        >
          {row.imageName}
        </Link>
      ),
    },
    {
      id: "findings",
      header: "Findings of its image",
      cell: (row) =>
        row.summary === null ? (
          <span className="text-ink-subtle">not matched yet</span>
        ) : (
          <SeverityCounts
            counts={row.summary.counts}
            href={(severity) =>
              `${base}/vulnerabilities/images/${encodeURIComponent(row.imageId)}?q=severity:${severity}`
            }
          />
        ),
    },
    {
      id: "changes",
      header: "Changed since its start",
      cell: (row) => row.changes !== null && <ChangeWords changes={row.changes} />,
    },
    { id: "host", header: "Host", cell: (row) => row.hostname, sort: "hostname" },
    { id: "ports", header: "Ports", cell: (row) => row.ports.map(formatPort).join(", ") },
    {
      id: "user",
      header: "User",
      cell: (row) => (
        <>
          {row.user === "" ? "root" : row.user} {row.privileged && <Badge tone="bad">privileged</Badge>}
        </>
      ),
    },
    { id: "started", header: "Started", cell: (row) => <RelativeTime at={row.startedAt} />, sort: "startedAt" },
    {
      id: "lastSeen",
      header: "Last seen",
      cell: (row) => <RelativeTime at={row.lastSeenAt} />,
      sort: "lastSeenAt",
      hidden: true,
    },
  ];
}

type ContainerTableProps = Readonly<{ rows: readonly ContainerListRow[]; base: string; empty: ReactNode }>;

export function ContainerTable({ rows, base, empty }: ContainerTableProps) {
  return (
    <DataTable
      label="Containers"
      rows={rows}
      columns={columnsOf(base)}
      rowKey={(row) => `${row.hostId}~${row.id}`}
      rowHref={(row) => containerHref(base, row)}
      preview
      defaultSort={containerDefaultSort}
      csvHref={`${base}/csv/containers`}
      empty={empty}
    />
  );
}
