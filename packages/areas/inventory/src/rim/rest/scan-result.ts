import type { Labels } from "@rampart/kernel";
import { z } from "zod";
import { type HostDetail, type ImageDetail, type PackageRow, UseEvidence } from "../../contract.ts";
import { readImageReference } from "../../core/image-reference.ts";

/** How the public API calls our kinds of package. */
const packageTypes: Readonly<Record<PackageRow["kind"], string>> = {
  os: "package",
  nodejs: "nodejs",
  python: "python",
  jar: "jar",
  go: "go",
  gem: "gem",
  rust: "app",
  php: "app",
  nuget: "nuget",
  hex: "app",
  pub: "app",
  swift: "app",
  conan: "app",
  cran: "app",
  binary: "binary",
};

const Distribution = z.object({
  critical: z.int(),
  high: z.int(),
  medium: z.int(),
  low: z.int(),
  total: z.int(),
});
const noFindings = { critical: 0, high: 0, medium: 0, low: 0, total: 0 };

const use = "True: a process was seen using it in the last five weeks. Null: nobody has looked at processes yet.";

/** Packages of one type. */
const PackageGroupResult = z.looseObject({
  pkgsType: z.string(),
  pkgs: z.array(
    z.looseObject({
      name: z.string(),
      version: z.string(),
      path: z.string(),
      license: z.string(),
      inUse: z.boolean().nullable().describe(use),
      use: z
        .object({
          evidence: UseEvidence,
          processes: z.array(z.string()),
          hosts: z.int(),
          firstSeen: z.string(),
          lastSeen: z.string(),
        })
        .optional(),
    }),
  ),
});

/** The part of a scan result that inventory knows. Whoever joins findings replaces the keys that count them. */
export const ScanResult = z.looseObject({
  _id: z.string(),
  id: z.string(),
  type: z.enum(["image", "host"]),
  hostname: z.string(),
  scanTime: z.string(),
  firstScanTime: z.string(),
  distro: z.string(),
  packages: z.array(PackageGroupResult),
  vulnerabilities: z.array(z.unknown()).nullable(),
  vulnerabilitiesCount: z.int(),
  vulnerabilityDistribution: Distribution,
  vulnerabilityRiskScore: z.number(),
  complianceIssues: z.array(z.unknown()).nullable(),
  complianceIssuesCount: z.int(),
  complianceDistribution: Distribution,
  complianceRiskScore: z.number(),
});
export type ScanResult = z.infer<typeof ScanResult>;

/** Everything an image and a host share in the public API. */
function sharedPart(resource: ImageDetail | HostDetail, packages: readonly PackageRow[]) {
  const { id = "", versionId = "", codename = "" } = resource.osRelease ?? {};
  return {
    scanTime: resource.scannedAt ?? resource.lastSeenAt,
    firstScanTime: resource.firstSeenAt,
    distro: resource.os ?? "",
    osDistro: id,
    osDistroVersion: versionId,
    osDistroRelease: codename,
    missingDistroVulnCoverage: !resource.osSupported,
    err: resource.complete ? "" : resource.warnings.map((warning) => warning.message).join("; "),
    collections: ["All"],
    labels: toLabels(resource.labels),
    packages: toPackageGroups(packages),
    binaries: [],
    vulnerabilities: null,
    vulnerabilitiesCount: 0,
    vulnerabilityDistribution: noFindings,
    vulnerabilityRiskScore: 0,
    riskFactors: {},
    complianceIssues: null,
    complianceIssuesCount: 0,
    complianceDistribution: noFindings,
    complianceRiskScore: 0,
    // Clients read the account unguarded, also where no cloud is known.
    cloudMetadata: { provider: "others", accountID: "no cloud account", region: "", resourceID: "", image: "" },
    installedProducts: { osDistro: id, distroName: resource.os ?? "", hasPackageManager: resource.packageCount > 0 },
  };
}

export function toImageResult(image: ImageDetail, packages: readonly PackageRow[]): ScanResult {
  const tags = image.tags.map((tag) => ({ ...readImageReference(tag), digest: image.digest, id: image.id }));
  const hosts = image.hosts.length === 0 ? [{ hostname: "", lastSeenAt: image.lastSeenAt }] : image.hosts;
  const names = image.tags.length === 0 ? [image.name] : image.tags;
  return {
    _id: image.id,
    id: image.id,
    type: "image",
    hostname: hosts[0]?.hostname ?? "",
    ...sharedPart(image, packages),
    creationTime: image.createdAt ?? image.firstSeenAt,
    repoTag: tags[0] ?? { ...readImageReference(image.name), digest: image.digest, id: image.id },
    tags,
    repoDigests: image.repoDigests,
    instances: hosts.flatMap((host) =>
      names.map((name) => ({
        image: name,
        host: host.hostname,
        ...readImageReference(name),
        modified: host.lastSeenAt,
      })),
    ),
    hosts: Object.fromEntries(image.hosts.map((host) => [host.hostname, { modified: host.lastSeenAt }])),
    topLayer: image.layers.at(-1)?.digest ?? "",
    history: image.layers.map((layer, index) => ({
      id: layer.digest,
      instruction: layer.createdBy ?? "",
      sizeBytes: layer.sizeBytes,
      created: secondsOf(image.createdAt),
      emptyLayer: layer.sizeBytes === 0,
      baseLayer: index === 0,
      vulnerabilities: null,
    })),
    image: toImageInfo(image),
  };
}

function toImageInfo(image: ImageDetail) {
  return {
    id: image.id,
    created: image.createdAt ?? image.firstSeenAt,
    labels: image.labels,
    repoTags: image.tags,
    repoDigest: image.repoDigests,
    layers: image.layers.map((layer) => layer.digest),
    os: image.config.os ?? "linux",
    user: image.config.user ?? "",
    entrypoint: image.config.entrypoint ?? [],
    cmd: image.config.command ?? [],
  };
}

export function toHostResult(host: HostDetail, packages: readonly PackageRow[]): ScanResult {
  return {
    _id: host.hostname,
    id: host.id,
    type: "host",
    hostname: host.hostname,
    ...sharedPart(host, packages),
    repoTag: null,
    tags: [],
    instances: [],
    history: [],
    clusters: [],
    fqdn: host.machine.fqdn ?? "",
  };
}

function toLabels(labels: Labels): string[] {
  return Object.entries(labels).map(([key, value]) => `${key}:${value}`);
}

function toPackageGroups(packages: readonly PackageRow[]) {
  const groups = Map.groupBy(packages, (found) => packageTypes[found.kind]);
  return [...groups].map(([pkgsType, found]) => ({
    pkgsType,
    pkgs: found.map((one) => ({
      name: one.name,
      version: one.version,
      path: one.path ?? "",
      license: one.licenses.join(", "),
      purl: one.purl,
      originPackageName: one.sourceName ?? "",
      osPackage: one.kind === "os",
      cveCount: 0,
      ...toUse(one.use),
    })),
  }));
}

/** Null while nobody has looked at processes that could use it. */
function toUse(use: PackageRow["use"]) {
  if (use?.state !== "used") return { inUse: use?.state === "not-seen" ? false : null };
  const { evidence, processes, hosts, firstSeenAt, lastSeenAt } = use;
  return { inUse: true, use: { evidence, processes, hosts, firstSeen: firstSeenAt, lastSeen: lastSeenAt } };
}

function secondsOf(instant: string | null): number {
  return instant === null ? 0 : Math.floor(Date.parse(instant) / 1_000);
}
