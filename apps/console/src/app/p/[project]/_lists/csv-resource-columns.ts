import { severitiesWorstFirst } from "@rampart/ui/core/severity-look";
import type { ResourceSummary } from "@rampart/vulnerabilities/contract";
import type { CsvColumn } from "./csv-column.ts";
import type { HostListRow, HostView } from "./host-list.ts";
import type { ImageListRow, ImageView } from "./image-list.ts";
import { hostColumnIds, imageColumnIds } from "./resource-columns.ts";

type Judged = Readonly<{ summary: ResourceSummary | null }>;

/** The counts of one table column, each in a column of its own, so that a spreadsheet can add them up. */
const findingCounts: readonly CsvColumn<Judged>[] = severitiesWorstFirst.map((severity) => ({
  id: "findings",
  header: severity.charAt(0).toUpperCase() + severity.slice(1),
  text: (row) => row.summary?.counts[severity] ?? null,
}));

const judged: readonly CsvColumn<Judged>[] = [
  { id: "fixable", header: "With fix", text: (row) => row.summary?.fixable ?? null },
  { id: "exploited", header: "Exploited in the wild", text: (row) => row.summary?.knownExploited ?? null },
  { id: "verdict", header: "Policy", text: (row) => row.summary?.effect ?? null },
];

const imageAll: readonly CsvColumn<ImageListRow>[] = [
  { id: "name", header: "Image", text: (row) => row.name },
  { id: "digest", header: "Digest", text: (row) => row.digest },
  ...findingCounts,
  ...judged,
  { id: "os", header: "Distribution", text: (row) => row.os },
  { id: "size", header: "Bytes", text: (row) => row.sizeBytes },
  { id: "packages", header: "Packages", text: (row) => row.packageCount },
  { id: "containers", header: "Containers", text: (row) => row.containerCount },
  { id: "hosts", header: "Hosts", text: (row) => row.hostCount },
  { id: "firstSeen", header: "First seen", text: (row) => row.firstSeenAt },
  { id: "scanned", header: "Inspected", text: (row) => row.scannedAt },
];

const hostAll: readonly CsvColumn<HostListRow>[] = [
  { id: "name", header: "Host", text: (row) => row.hostname },
  ...findingCounts,
  ...judged,
  { id: "os", header: "Distribution", text: (row) => row.os },
  { id: "kernel", header: "Kernel", text: (row) => row.kernel },
  { id: "architecture", header: "Architecture", text: (row) => row.architecture },
  {
    id: "engine",
    header: "Engine",
    text: (row) => (row.engine === null ? null : `${row.engine.kind} ${row.engine.version}`),
  },
  { id: "packages", header: "Packages", text: (row) => row.packageCount },
  { id: "images", header: "Images", text: (row) => row.imageCount },
  { id: "containers", header: "Containers", text: (row) => row.containerCount },
  { id: "lastSeen", header: "Last seen", text: (row) => row.lastSeenAt },
];

export const imageColumns = (view: ImageView) => shownIn(imageAll, imageColumnIds[view]);
export const hostColumns = (view: HostView) => shownIn(hostAll, hostColumnIds[view]);

function shownIn<Row>(columns: readonly CsvColumn<Row>[], shown: readonly string[]): readonly CsvColumn<Row>[] {
  return columns.map((column) => (shown.includes(column.id) ? column : { ...column, hidden: true as const }));
}
