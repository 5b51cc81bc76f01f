"use client";

import { readFilter, type FilterField } from "@rampart/ui/core/filter-words";
import { DataTable, type TableColumn } from "@rampart/ui/data-table";
import { Digest } from "@rampart/ui/digest";
import { FilterBar } from "@rampart/ui/filter-bar";
import { KeyValue } from "@rampart/ui/key-value";
import { PageHeader } from "@rampart/ui/page-header";
import { Pager } from "@rampart/ui/pager";
import { PreviewSheet } from "@rampart/ui/preview-sheet";
import { RelativeTime } from "@rampart/ui/relative-time";
import { SeverityCounts } from "@rampart/ui/severity-counts";
import { useSearchParams } from "next/navigation";
import { type SampleRow, sampleRows } from "./sample.data.ts";

const fields: readonly FilterField[] = [
  { name: "severity", hint: "worst finding is this severe", values: ["critical", "high", "medium", "low"] },
  { name: "fix", hint: "a fixed version exists", values: ["yes", "no"] },
  { name: "os", hint: "distribution" },
];

const columns: readonly TableColumn<SampleRow>[] = [
  { id: "name", header: "Image", cell: (row) => row.name, sort: "name" },
  { id: "digest", header: "Digest", cell: (row) => <Digest value={row.id} /> },
  { id: "counts", header: "Findings", cell: (row) => <SeverityCounts counts={row.counts} /> },
  { id: "os", header: "Distribution", cell: (row) => row.os ?? "none" },
  { id: "packages", header: "Packages", cell: (row) => row.packages, sort: "packages", align: "end" },
  { id: "seen", header: "Last seen", cell: (row) => <RelativeTime at={row.seenAt} /> },
];

export function TableSample() {
  const search = useSearchParams();
  const typed = search.get("q") ?? "";
  const open = sampleRows.find(({ id }) => id === search.get("open"));
  return (
    <>
      <PageHeader title="Images" summary="4 images, 1 new today" />
      <FilterBar
        fields={fields}
        value={typed}
        problems={readFilter(typed, fields).problems}
        placeholder="severity:critical fix:yes label.team=payments"
      />
      <DataTable
        label="Images"
        rows={sampleRows}
        columns={columns}
        rowKey={(row) => row.id}
        rowHref={() => "/gallery"}
        preview
        defaultSort={{ key: "name", reverse: false }}
        csvHref="/gallery"
      />
      <Pager path="/gallery" search={search.toString()} offset={0} limit={4} shown={4} total={1204} />
      {open !== undefined && (
        <PreviewSheet title={open.name}>
          <KeyValue
            facts={[
              ["Distribution", open.os ?? "none"],
              ["Digest", <Digest key="digest" value={open.id} />],
              ["Packages", open.packages],
            ]}
          />
        </PreviewSheet>
      )}
    </>
  );
}
