"use client";

import { Badge } from "@rampart/ui/badge";
import { formatBytes, formatCount } from "@rampart/ui/core/format";
import { DataTable, type TableColumn } from "@rampart/ui/data-table";
import { Digest } from "@rampart/ui/digest";
import { RelativeTime } from "@rampart/ui/relative-time";
import type { ReactNode } from "react";
import type { ImageListRow, ImageView } from "./image-list.ts";
import { imageDefaultSort } from "./image-list.ts";
import { imageColumnIds } from "./resource-columns.ts";
import { FindingsCell, VerdictCell } from "./summary-cells.tsx";

type Column = TableColumn<ImageListRow>;

function columnsOf(base: string): Readonly<Record<string, Column>> {
  return {
    name: { id: "name", header: "Image", cell: (row) => row.name, sort: "name" },
    findings: {
      id: "findings",
      header: "Findings",
      sort: "risk",
      cell: (row) => <FindingsCell row={row} href={`${base}/vulnerabilities/images/${encodeURIComponent(row.id)}`} />,
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
    digest: { id: "digest", header: "Digest", cell: (row) => <Digest value={row.digest} /> },
    size: { id: "size", header: "Size", cell: (row) => formatBytes(row.sizeBytes), sort: "sizeBytes", align: "end" },
    packages: {
      id: "packages",
      header: "Packages",
      cell: (row) => formatCount(row.packageCount),
      sort: "packageCount",
      align: "end",
    },
    containers: {
      id: "containers",
      header: "Containers",
      cell: (row) => formatCount(row.containerCount),
      sort: "containerCount",
      align: "end",
    },
    hosts: { id: "hosts", header: "Hosts", cell: (row) => formatCount(row.hostCount), sort: "hostCount", align: "end" },
    firstSeen: {
      id: "firstSeen",
      header: "First seen",
      cell: (row) => <RelativeTime at={row.firstSeenAt} />,
      sort: "firstSeenAt",
    },
    scanned: {
      id: "scanned",
      header: "Inspected",
      cell: (row) => <RelativeTime at={row.scannedAt} missing="not yet" />,
    },
  };
}

/** The columns of a view: the same set in both, different ones shown until somebody chooses. */
function columnsFor(view: ImageView, base: string): readonly Column[] {
  const all = columnsOf(base);
  const ids: readonly string[] = imageColumnIds[view];
  const shown = ids.flatMap((id) => all[id] ?? []);
  const others = Object.values(all).filter(({ id }) => !ids.includes(id));
  return [...shown, ...others.map((column) => ({ ...column, hidden: true as const }))];
}

type ImageTableProps = Readonly<{ rows: readonly ImageListRow[]; view: ImageView; base: string; empty: ReactNode }>;

export function ImageTable({ rows, view, base, empty }: ImageTableProps) {
  return (
    <DataTable
      label="Images"
      rows={rows}
      columns={columnsFor(view, base)}
      rowKey={(row) => row.id}
      rowHref={(row) => `${base}/vulnerabilities/images/${encodeURIComponent(row.id)}`}
      preview
      defaultSort={imageDefaultSort[view]}
      csvHref={`${base}/csv/images-${view}`}
      empty={empty}
    />
  );
}

function Distribution({ row }: Readonly<{ row: ImageListRow }>) {
  if (row.os === null) return <span className="text-ink-subtle">none</span>;
  return (
    <>
      {row.os} {(!row.osSupported || row.summary?.unsupportedOs === true) && <Badge tone="warn">unsupported</Badge>}
    </>
  );
}
