"use client";

import type { ProfileView } from "@rampart/alerts/contract";
import { formatCount } from "@rampart/ui/core/format";
import { severityLook } from "@rampart/ui/core/severity-look";
import { DataTable, type TableColumn } from "@rampart/ui/data-table";
import { StatusWord } from "@rampart/ui/status-word";
import type { ReactNode } from "react";
import { factWords } from "./profile-words.ts";

type Column = TableColumn<ProfileView>;

const columns: readonly Column[] = [
  { id: "name", header: "Profile", cell: (row) => row.name },
  {
    id: "state",
    header: "State",
    cell: (row) => <StatusWord word={row.enabled ? "on" : "off"} tone={row.enabled ? "good" : "quiet"} />,
  },
  { id: "channel", header: "Channel", cell: (row) => row.channelName },
  { id: "facts", header: "Sends", cell: (row) => row.factTypes.map((type) => factWords[type]).join(", ") },
  {
    id: "severity",
    header: "From severity",
    cell: (row) => (row.severityAtLeast === "unknown" ? "any" : severityLook[row.severityAtLeast].word),
  },
  {
    id: "labels",
    header: "With labels",
    cell: (row) =>
      Object.entries(row.where)
        .map(([name, value]) => `${name}=${value}`)
        .join(", ") || "any",
  },
  { id: "deliveries", header: "Deliveries in 30 days", cell: (row) => formatCount(row.deliveries), align: "end" },
  { id: "error", header: "Last error", cell: (row) => row.lastError ?? "" },
];

type ProfileTableProps = Readonly<{ rows: readonly ProfileView[]; base: string; empty: ReactNode }>;

export function ProfileTable({ rows, base, empty }: ProfileTableProps) {
  return (
    <DataTable
      label="Profiles"
      rows={rows}
      columns={columns}
      rowKey={(row) => row.id}
      rowHref={(row) => `${base}/alerts/profiles/${row.id}`}
      empty={empty}
    />
  );
}
