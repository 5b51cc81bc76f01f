"use client";

import { Badge } from "@rampart/ui/badge";
import { DataTable, type TableColumn } from "@rampart/ui/data-table";
import { EmptyState } from "@rampart/ui/empty-state";
import { SeverityBadge } from "@rampart/ui/severity-badge";
import type { JudgedFinding } from "@rampart/vulnerabilities/contract";
import { FixWord, VerdictWord } from "../../../../_lists/summary-cells.tsx";

const columns: readonly TableColumn<JudgedFinding>[] = [
  { id: "cve", header: "CVE", cell: (row) => row.cve },
  { id: "severity", header: "Severity", cell: (row) => <SeverityBadge severity={row.severity} /> },
  { id: "package", header: "Package", cell: (row) => row.packageName },
  { id: "version", header: "Version", cell: (row) => <span className="font-mono text-xs">{row.packageVersion}</span> },
  {
    id: "fix",
    header: "Fixed in",
    cell: (row) => <FixWord fix={row.fixVersion} status={row.status} />,
  },
  {
    id: "exploited",
    header: "Exploits",
    cell: (row) => row.knownExploited && <Badge tone="bad">in the wild</Badge>,
  },
  { id: "cvss", header: "CVSS", cell: (row) => row.cvss?.toFixed(1) ?? "", align: "end" },
  { id: "verdict", header: "Policy", cell: (row) => <VerdictWord effect={row.effect} /> },
  { id: "path", header: "Path", cell: (row) => <span className="font-mono text-xs break-all">{row.path}</span> },
];

type AddedFindingsProps = Readonly<{ rows: readonly JudgedFinding[]; base: string; empty: string }>;

/** Findings of what came into a container after its start, worst first. */
export function AddedFindings({ rows, base, empty }: AddedFindingsProps) {
  return (
    <DataTable
      label="Findings of what was added"
      rows={rows}
      columns={columns}
      rowKey={(row) => `${row.cve} ${row.packageName} ${row.packageVersion} ${row.path ?? ""}`}
      rowHref={(row) => `${base}/vulnerabilities/explorer/${encodeURIComponent(row.cve)}`}
      empty={<EmptyState title={empty} />}
    />
  );
}
