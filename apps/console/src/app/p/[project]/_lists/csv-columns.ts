import type { DeliveryRow } from "@rampart/alerts/contract";
import type { AuditEntryRow } from "@rampart/audit/contract";
import type { DefenderRow } from "@rampart/fleet/contract";
import type { FindingRow, TopCveRow } from "@rampart/vulnerabilities/contract";
import { changeWords } from "./change-words.ts";
import type { ContainerListRow } from "./container-list.ts";
import type { CsvColumn } from "./csv-column.ts";
import { formatPort } from "./format-port.ts";
import { useWord } from "./use-word.ts";

export const findingColumns: readonly CsvColumn<FindingRow>[] = [
  { id: "cve", header: "CVE", text: (row) => row.cve },
  { id: "severity", header: "Severity", text: (row) => row.severity },
  { id: "risk", header: "Risk", text: (row) => row.riskScore },
  { id: "package", header: "Package", text: (row) => row.packageName },
  { id: "version", header: "Version", text: (row) => row.packageVersion },
  { id: "fix", header: "Fixed in", text: (row) => row.fixVersion ?? row.status },
  { id: "exploited", header: "Exploited in the wild", text: (row) => (row.knownExploited ? "yes" : "no") },
  { id: "use", header: "In use", text: (row) => useWord(row.inUse) },
  { id: "epss", header: "EPSS", text: (row) => row.epss },
  { id: "cvss", header: "CVSS", text: (row) => row.cvss },
  { id: "layer", header: "Layer", text: (row) => row.layer },
  { id: "verdict", header: "Policy", text: (row) => row.effect },
  { id: "firstSeen", header: "Found", text: (row) => row.firstSeenAt },
  { id: "kind", header: "Kind", text: (row) => row.packageKind, hidden: true },
  { id: "path", header: "Path", text: (row) => row.path, hidden: true },
  { id: "published", header: "Published", text: (row) => row.publishedAt, hidden: true },
];

export const cveColumns: readonly CsvColumn<TopCveRow>[] = [
  { id: "cve", header: "CVE", text: (row) => row.cve },
  { id: "severity", header: "Severity", text: (row) => row.severity },
  { id: "risk", header: "Risk", text: (row) => row.riskScore },
  { id: "resources", header: "Impacted", text: (row) => row.resources },
  { id: "images", header: "Images", text: (row) => row.images },
  { id: "hosts", header: "Hosts", text: (row) => row.hosts },
  { id: "packages", header: "Packages", text: (row) => row.packages.join(" ") },
  { id: "fix", header: "Fix", text: (row) => (row.fixable ? "available" : "none") },
  { id: "exploited", header: "Exploited in the wild", text: (row) => (row.knownExploited ? "yes" : "no") },
  { id: "epss", header: "EPSS", text: (row) => row.epss },
  { id: "cvss", header: "CVSS", text: (row) => row.cvss },
  { id: "summary", header: "Summary", text: (row) => row.summary, hidden: true },
];

export const containerColumns: readonly CsvColumn<ContainerListRow>[] = [
  { id: "name", header: "Container", text: (row) => row.name },
  { id: "state", header: "State", text: (row) => row.state },
  { id: "image", header: "Image", text: (row) => row.imageName },
  { id: "findings", header: "Findings of its image", text: (row) => row.summary?.total ?? null },
  {
    id: "changes",
    header: "Changed since its start",
    text: (row) => (row.changes === null ? null : changeWords(row.changes).join(", ")),
  },
  { id: "host", header: "Host", text: (row) => row.hostname },
  { id: "ports", header: "Ports", text: (row) => row.ports.map(formatPort).join(" ") },
  { id: "user", header: "User", text: (row) => (row.user === "" ? "root" : row.user) },
  { id: "started", header: "Started", text: (row) => row.startedAt },
  { id: "lastSeen", header: "Last seen", text: (row) => row.lastSeenAt, hidden: true },
];

export const defenderColumns: readonly CsvColumn<DefenderRow>[] = [
  { id: "hostname", header: "Host", text: (row) => row.hostname },
  { id: "state", header: "State", text: (row) => row.state },
  { id: "since", header: "Since", text: (row) => row.stateSince },
  { id: "version", header: "Version", text: (row) => row.version },
  { id: "os", header: "Distribution", text: (row) => row.os },
  {
    id: "engine",
    header: "Engine",
    text: (row) => (row.engine === null ? null : `${row.engine.kind} ${row.engine.version}`),
  },
  { id: "images", header: "Images", text: (row) => row.images },
  { id: "containers", header: "Containers", text: (row) => row.containers },
  { id: "duties", header: "Failing duties", text: (row) => row.failingDuties },
  { id: "lastSeen", header: "Last seen", text: (row) => row.lastSeenAt },
  { id: "enrolled", header: "Enrolled", text: (row) => row.enrolledAt, hidden: true },
  { id: "certificate", header: "Certificate ends", text: (row) => row.certificateExpiresAt, hidden: true },
  { id: "kernel", header: "Kernel", text: (row) => row.kernel, hidden: true },
];

export const auditColumns: readonly CsvColumn<AuditEntryRow>[] = [
  { id: "action", header: "Action", text: (row) => row.action },
  { id: "subject", header: "What", text: (row) => row.subject },
  { id: "by", header: "Who", text: (row) => row.callerName },
  { id: "kind", header: "Kind", text: (row) => row.callerKind },
  { id: "from", header: "From", text: (row) => row.sourceIp },
  { id: "changes", header: "Changes", text: (row) => JSON.stringify(row.differences) },
  { id: "at", header: "When", text: (row) => row.at },
];

export const deliveryColumns: readonly CsvColumn<DeliveryRow>[] = [
  { id: "sentence", header: "Alert", text: (row) => row.sentence },
  { id: "severity", header: "Severity", text: (row) => row.severity },
  { id: "state", header: "State", text: (row) => row.state },
  { id: "channel", header: "Channel", text: (row) => row.channelName },
  { id: "profile", header: "Profile", text: (row) => row.profileName },
  { id: "labels", header: "Labels", text: (row) => row.labels.map(({ name, value }) => `${name}=${value}`).join(" ") },
  { id: "attempts", header: "Attempts", text: (row) => row.attempts },
  { id: "at", header: "Happened", text: (row) => row.at },
];
