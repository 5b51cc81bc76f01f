"use client";

import type { DeliveryRow } from "@rampart/alerts/contract";
import { DataTable, type TableColumn } from "@rampart/ui/data-table";
import { RelativeTime } from "@rampart/ui/relative-time";
import { SeverityBadge } from "@rampart/ui/severity-badge";
import { StatusWord, type StatusTone } from "@rampart/ui/status-word";
import type { ReactNode } from "react";

type Column = TableColumn<DeliveryRow>;

const states: Readonly<Record<DeliveryRow["state"], Readonly<{ word: string; tone: StatusTone }>>> = {
  queued: { word: "waiting", tone: "accent" },
  sending: { word: "sending", tone: "accent" },
  sent: { word: "sent", tone: "good" },
  failed: { word: "to be tried again", tone: "warn" },
  "given-up": { word: "given up", tone: "bad" },
};

const columns: readonly Column[] = [
  {
    id: "sentence",
    header: "Alert",
    cell: (row) => <span title={row.sentence}>{row.sentence}</span>,
    className: "max-w-xl",
  },
  { id: "severity", header: "Severity", cell: (row) => <SeverityBadge severity={row.severity} /> },
  { id: "state", header: "State", cell: (row) => <StatusWord {...states[row.state]} /> },
  { id: "channel", header: "Channel", cell: (row) => row.channelName },
  { id: "profile", header: "Profile", cell: (row) => row.profileName },
  { id: "labels", header: "Labels", cell: (row) => row.labels.map(({ name, value }) => `${name}=${value}`).join(", ") },
  { id: "attempts", header: "Attempts", cell: (row) => row.attempts, align: "end" },
  { id: "at", header: "Happened", cell: (row) => <RelativeTime at={row.at} /> },
];

type DeliveryTableProps = Readonly<{ rows: readonly DeliveryRow[]; base: string; empty: ReactNode }>;

export function DeliveryTable({ rows, base, empty }: DeliveryTableProps) {
  return (
    <DataTable
      label="Deliveries"
      rows={rows}
      columns={columns}
      rowKey={(row) => row.id}
      preview
      csvHref={`${base}/csv/deliveries`}
      empty={empty}
    />
  );
}
