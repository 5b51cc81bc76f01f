"use client";

import type { ChannelView } from "@rampart/alerts/contract";
import { formatCount } from "@rampart/ui/core/format";
import { DataTable, type TableColumn } from "@rampart/ui/data-table";
import { RelativeTime } from "@rampart/ui/relative-time";
import { StatusWord, type StatusTone } from "@rampart/ui/status-word";
import Link from "next/link";
import type { ReactNode } from "react";

type Column = TableColumn<ChannelView>;

const states: Readonly<Record<ChannelView["state"], Readonly<{ word: string; tone: StatusTone }>>> = {
  off: { word: "off", tone: "quiet" },
  idle: { word: "ready", tone: "good" },
  waiting: { word: "waiting", tone: "accent" },
  failing: { word: "failing", tone: "bad" },
};

function columnsOf(base: string): readonly Column[] {
  return [
    { id: "name", header: "Channel", cell: (row) => row.name },
    { id: "state", header: "State", cell: (row) => <StatusWord {...states[row.state]} /> },
    {
      id: "destination",
      header: "Destination",
      cell: (row) => <span className="font-mono text-xs">{row.destination}</span>,
    },
    { id: "profiles", header: "Profiles", cell: (row) => row.profiles.join(", ") },
    { id: "waiting", header: "Waiting", cell: (row) => formatCount(row.waiting), align: "end" },
    {
      id: "givenUp",
      header: "Given up",
      align: "end",
      cell: (row) =>
        row.givenUp === 0 ? (
          "0"
        ) : (
          <Link href={`${base}/alerts/deliveries?q=state:given-up`} className="text-bad hover:underline">
            {formatCount(row.givenUp)}
          </Link>
        ),
    },
    { id: "lastSent", header: "Last sent", cell: (row) => <RelativeTime at={row.lastSentAt} /> },
    {
      id: "error",
      header: "Last error",
      cell: (row) => <span title={row.lastError ?? ""}>{row.lastError ?? ""}</span>,
    },
  ];
}

type ChannelTableProps = Readonly<{ rows: readonly ChannelView[]; base: string; empty: ReactNode }>;

export function ChannelTable({ rows, base, empty }: ChannelTableProps) {
  return (
    <DataTable
      label="Channels"
      rows={rows}
      columns={columnsOf(base)}
      rowKey={(row) => row.id}
      rowHref={(row) => `${base}/alerts/channels/${row.id}`}
      empty={empty}
    />
  );
}
