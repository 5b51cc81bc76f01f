"use client";

import { Badge } from "@rampart/ui/badge";
import { formatChance } from "@rampart/ui/core/format";
import { DataTable, type TableColumn } from "@rampart/ui/data-table";
import { RelativeTime } from "@rampart/ui/relative-time";
import { StatusWord } from "@rampart/ui/status-word";
import { SeverityBadge } from "@rampart/ui/severity-badge";
import type { FindingRow } from "@rampart/vulnerabilities/contract";
import type { ReactNode } from "react";
import { findingDefaultSort } from "./finding-list.ts";
import { FixWord, VerdictWord } from "./summary-cells.tsx";

type Column = TableColumn<FindingRow>;

const columns: readonly Column[] = [
  { id: "cve", header: "CVE", cell: (row) => row.cve, sort: "cve" },
  { id: "severity", header: "Severity", cell: (row) => <SeverityBadge severity={row.severity} />, sort: "severity" },
  { id: "risk", header: "Risk", cell: (row) => row.riskScore.toFixed(0), sort: "risk", align: "end" },
  { id: "package", header: "Package", cell: (row) => row.packageName, sort: "package" },
  { id: "version", header: "Version", cell: (row) => <span className="font-mono text-xs">{row.packageVersion}</span> },
  {
    id: "fix",
    header: "Fixed in",
    cell: (row) => <FixWord fix={row.fixVersion} status={row.status} />,
  },
  {
    id: "exploited",
    header: "Exploits",
    cell: (row) => (
      <span className="inline-flex gap-1">
        {row.knownExploited && <Badge tone="bad">in the wild</Badge>}
        {row.proofs > 0 && <Badge tone="warn">proof of concept</Badge>}
      </span>
    ),
  },
  {
    id: "use",
    header: "In use",
    cell: (row) => row.inUse !== null && <UseWord inUse={row.inUse} />,
  },
  {
    id: "epss",
    header: "EPSS",
    cell: (row) => (row.epss === null ? "" : formatChance(row.epss)),
    sort: "epss",
    align: "end",
  },
  { id: "cvss", header: "CVSS", cell: (row) => row.cvss?.toFixed(1) ?? "", sort: "cvss", align: "end" },
  { id: "layer", header: "Layer", cell: (row) => row.layer ?? "", align: "end" },
  { id: "verdict", header: "Policy", cell: (row) => <VerdictWord effect={row.effect} /> },
  { id: "firstSeen", header: "Found", cell: (row) => <RelativeTime at={row.firstSeenAt} />, sort: "firstSeen" },
  { id: "kind", header: "Kind", cell: (row) => row.packageKind, hidden: true },
  { id: "path", header: "Path", cell: (row) => <span className="font-mono text-xs">{row.path}</span>, hidden: true },
  {
    id: "published",
    header: "Published",
    cell: (row) => <RelativeTime at={row.publishedAt} missing="" />,
    hidden: true,
  },
];

function UseWord({ inUse }: Readonly<{ inUse: boolean }>) {
  return inUse ? <StatusWord word="yes" tone="accent" /> : <StatusWord word="no" />;
}

const hostColumns = columns.filter(({ id }) => id !== "layer");

type FindingTableProps = Readonly<{
  rows: readonly FindingRow[];
  base: string;
  csvHref: string;
  kind: "image" | "host";
  empty: ReactNode;
}>;

export function FindingTable({ rows, base, csvHref, kind, empty }: FindingTableProps) {
  return (
    <DataTable
      label="Findings"
      rows={rows}
      columns={kind === "host" ? hostColumns : columns}
      rowKey={(row) => row.id}
      rowHref={(row) => `${base}/vulnerabilities/explorer/${encodeURIComponent(row.cve)}`}
      preview
      defaultSort={findingDefaultSort}
      csvHref={csvHref}
      empty={empty}
    />
  );
}
