"use client";

import { DataTable, type TableColumn } from "@rampart/ui/data-table";
import { EmptyState } from "@rampart/ui/empty-state";
import { StatusWord } from "@rampart/ui/status-word";
import type { ChangeRow } from "./change-row.ts";

const tones = { added: "warn", replaced: "accent", removed: "quiet" } as const;

const columns: readonly TableColumn<ChangeRow>[] = [
  { id: "name", header: "Package", cell: (row) => row.name },
  { id: "change", header: "Change", cell: (row) => <StatusWord word={row.change} tone={tones[row.change]} /> },
  { id: "before", header: "In the image", cell: (row) => <span className="font-mono text-xs">{row.before}</span> },
  { id: "now", header: "Now", cell: (row) => <span className="font-mono text-xs">{row.now}</span> },
  { id: "kind", header: "Kind", cell: (row) => row.kind },
  { id: "path", header: "Path", cell: (row) => <span className="font-mono text-xs break-all">{row.path}</span> },
];

export function ChangeTable({ rows }: Readonly<{ rows: readonly ChangeRow[] }>) {
  return (
    <DataTable
      label="Changed packages"
      rows={rows}
      columns={columns}
      rowKey={(row) => row.key}
      empty={
        <EmptyState title="No package was seen to differ from its image">
          Running containers are compared with their images every few minutes.
        </EmptyState>
      }
    />
  );
}
