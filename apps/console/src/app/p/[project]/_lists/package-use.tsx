"use client";

import type { PackageUseView } from "@rampart/inventory/contract";
import { RelativeTime } from "@rampart/ui/relative-time";
import { StatusWord } from "@rampart/ui/status-word";

type Used = Extract<PackageUseView, { state: "used" }>;

/** How a process uses a package, in the words of people who ask. */
const words: Readonly<Record<Used["evidence"], string>> = {
  executable: "run as",
  mapped: "loaded by",
  opened: "open in",
  application: "installed for",
};

/** Whether a package is in use, by which processes, and when that was last seen. */
export function PackageUse({ use }: Readonly<{ use: PackageUseView | undefined }>) {
  if (use === undefined || use.state === "unknown") return <StatusWord word="unknown" />;
  if (use.state === "not-seen") return <StatusWord word="not seen" />;
  const hosts = use.hosts > 1 ? `, ${use.hosts} hosts` : "";
  return (
    <span className="inline-flex items-baseline gap-1.5 whitespace-nowrap">
      <StatusWord word="in use" tone={use.evidence === "application" ? "warn" : "accent"} />
      <span className="text-xs text-ink-subtle">
        {words[use.evidence]} {use.processes.join(", ") || "a process"}
        {hosts}, <RelativeTime at={use.lastSeenAt} />
      </span>
    </span>
  );
}
