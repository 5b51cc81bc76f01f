import { readImageReference } from "@rampart/inventory/core";
import type { HostRow, ImageRow } from "@rampart/inventory/contract";
import type { FindingRow } from "@rampart/vulnerabilities/contract";
import { toVulnerability } from "@rampart/vulnerabilities/rest";

/** Order and spelling are what importers look for; never change them. */
export const imageHeader = (
  "Registry,Repository,Tag,Id,Distro,Hosts,Layer,CVE ID,Compliance ID,Type,Severity,Packages,Source Package," +
  "Package Version,Package License,CVSS,Fix Status,Fix Date,Grace Days,Risk Factors,Vulnerability Tags,Description," +
  "Cause,Containers,Custom Labels,Published,Discovered,Binaries,Clusters,Namespaces,Collections,Digest," +
  "Vulnerability Link,Apps,Package Path,Start Time,Defender Hosts,Agentless Hosts"
).split(",");

export const hostHeader = (
  "Hostname,Distro,CVE ID,Compliance ID,Type,Severity,Packages,Source Package,Package Version,Package License,CVSS," +
  "Fix Status,Vulnerability Tags,Description,Cause,Published,Services,Cluster,Vulnerability Link"
).split(",");

export function imageCells(image: ImageRow, finding: FindingRow): readonly string[] {
  const shared = sharedCells(finding);
  const { registry, repo, tag } = readImageReference(image.tags[0] ?? image.name);
  const byColumn: Readonly<Record<string, string>> = {
    ...shared,
    Registry: registry,
    Repository: repo,
    Tag: tag,
    Id: image.id,
    Distro: image.os ?? "",
    Hosts: String(image.hostCount),
    Layer: finding.layer === null ? "" : String(finding.layer),
    Containers: String(image.containerCount),
    "Custom Labels": labelsOf(image.labels),
    Collections: "All",
    Digest: image.digest,
    "Start Time": image.firstSeenAt,
  };
  return imageHeader.map((column) => byColumn[column] ?? "");
}

export function hostCells(host: HostRow, finding: FindingRow): readonly string[] {
  const byColumn: Readonly<Record<string, string>> = {
    ...sharedCells(finding),
    Hostname: host.hostname,
    Distro: host.os ?? "",
  };
  return hostHeader.map((column) => byColumn[column] ?? "");
}

function sharedCells(finding: FindingRow): Readonly<Record<string, string>> {
  const { id, packageType } = toVulnerability(finding);
  return {
    "CVE ID": finding.cve,
    "Compliance ID": String(id),
    Type: packageType === "package" ? "OS" : packageType,
    Severity: finding.severity === "unknown" ? "low" : finding.severity,
    Packages: finding.binaryPackages.length === 0 ? finding.packageName : finding.binaryPackages.join(", "),
    "Source Package": finding.binaryPackages.length === 0 ? "" : finding.packageName,
    "Package Version": finding.packageVersion,
    CVSS: (finding.cvss ?? 0).toFixed(2),
    "Fix Status": finding.status,
    "Grace Days": finding.graceDaysLeft === null ? "" : String(finding.graceDaysLeft),
    "Risk Factors": finding.riskFactors.join(", "),
    Description: finding.summary,
    Published: timeOf(finding.publishedAt),
    Discovered: timeOf(finding.firstSeenAt),
    "Vulnerability Link": finding.link ?? "",
    "Package Path": finding.path ?? "",
  };
}

/** `2020-09-04 00:15:00.000`, as importers parse it. */
function timeOf(instant: string | null): string {
  return instant === null ? "" : new Date(instant).toISOString().replace("T", " ").replace("Z", "");
}

function labelsOf(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}:${value}`)
    .join(", ");
}
