"use client";

import { DataTable, type TableColumn } from "@rampart/ui/data-table";
import type { PackageRow } from "@rampart/inventory/contract";
import type { ReactNode } from "react";
import { packageDefaultSort } from "./package-list.ts";
import { PackageUse } from "./package-use.tsx";

type Column = TableColumn<PackageRow>;

const columns: readonly Column[] = [
  { id: "name", header: "Package", cell: (row) => row.name, sort: "name" },
  {
    id: "version",
    header: "Version",
    cell: (row) => <span className="font-mono text-xs">{row.version}</span>,
    sort: "version",
  },
  { id: "kind", header: "Kind", cell: (row) => row.kind, sort: "kind" },
  { id: "use", header: "In use", cell: (row) => <PackageUse use={row.use} /> },
  { id: "source", header: "Source package", cell: (row) => row.sourceName ?? "" },
  { id: "ecosystem", header: "Ecosystem", cell: (row) => row.ecosystem },
  { id: "licenses", header: "Licences", cell: (row) => row.licenses.join(", ") },
  { id: "layer", header: "Layer", cell: (row) => row.layer ?? "", sort: "layer", align: "end" },
  { id: "path", header: "Path", cell: (row) => <span className="font-mono text-xs">{row.path}</span>, sort: "path" },
];

type PackageTableProps = Readonly<{ rows: readonly PackageRow[]; kind: "image" | "host"; empty: ReactNode }>;

export function PackageTable({ rows, kind, empty }: PackageTableProps) {
  return (
    <DataTable
      label="Packages"
      rows={rows}
      columns={kind === "host" ? columns.filter(({ id }) => id !== "layer") : columns}
      rowKey={(row) => `${row.purl} ${row.path ?? ""} ${row.layer ?? ""}`}
      defaultSort={packageDefaultSort}
      empty={empty}
    />
  );
}
