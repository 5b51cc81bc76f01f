import { InventorySecret, InventoryWarning, LayerFacts, OsRelease, PackageKind } from "@rampart/inspection/contract";
import { Labels, pageOf, PageRequest } from "@rampart/kernel";
import { defineJob } from "@rampart/queue/jobs";
import { z } from "zod";
import { ChangeCounts, GetContainerChanges } from "./contract/container-changes.ts";
import { PackageUseView, UseState, useStates } from "./contract/package-use.ts";

export * from "./contract/container-changes.ts";
export * from "./contract/package-use.ts";

/** Bounds of what one list filter may name. */
export const filterValuesMax = 250;
/** Most package names that one reverse lookup may ask for. */
export const lookupNamesMax = 5_000;
/** Most packages that one resource may hold; what a scan reports beyond it is cut with a warning by the Defender. */
export const resourcePackagesMax = 50_000;

const Instant = z.iso.datetime({ offset: true });
const Text = z.string().max(1_024);
const Values = z.array(Text).max(filterValuesMax);

export const ResourceKind = z.enum(["image", "host"]);
export type ResourceKind = z.infer<typeof ResourceKind>;

/** One thing that has packages. Image ids are `sha256:…` of the configuration; host ids are Defender ids. */
export const ResourceRef = z.object({ resourceKind: ResourceKind, resourceId: Text.min(1) });
export type ResourceRef = z.infer<typeof ResourceRef>;

/** `pending`: seen, not yet inspected. `failed`: the inspection gave up, see the warnings. */
export const scanStates = ["pending", "scanned", "failed"] as const;
export const ScanState = z.enum(scanStates);
export type ScanState = z.infer<typeof ScanState>;

export const containerStates = ["created", "running", "paused", "restarting", "exited", "removing", "dead"] as const;
export const ContainerState = z.enum(containerStates);
export type ContainerState = z.infer<typeof ContainerState>;

/** Names that one image may have over all hosts. */
const imageNamesMax = 10_000;

const ImageFields = {
  id: Text,
  /** First tag; without one the first repository digest, else the id. */
  name: Text,
  tags: z.array(Text).max(imageNamesMax),
  /** Repository digest when the image came from a registry, else the image id. */
  digest: Text,
  /** Name of the distribution; null when the image has none. */
  os: Text.nullable(),
  /** False also when there is no distribution: no advisory source covers its system packages. */
  osSupported: z.boolean(),
  sizeBytes: z.number().nonnegative(),
  packageCount: z.int().nonnegative(),
  containerCount: z.int().nonnegative(),
  hostCount: z.int().nonnegative(),
  labels: Labels,
  createdAt: Instant.nullable(),
  firstSeenAt: Instant,
  lastSeenAt: Instant,
  scannedAt: Instant.nullable(),
  scanState: ScanState,
  /** False when packages may be missing or cannot be judged: no findings then does not mean no flaws. */
  complete: z.boolean(),
};

export const ImageRow = z.object(ImageFields);
export type ImageRow = z.infer<typeof ImageRow>;
export const ImagePage = pageOf(ImageRow);
export type ImagePage = z.infer<typeof ImagePage>;

/** A host that holds an image. */
export const ImageHost = z.object({
  id: Text,
  hostname: Text,
  lastSeenAt: Instant,
  containerCount: z.int().nonnegative(),
});
export type ImageHost = z.infer<typeof ImageHost>;

/** Most hosts listed with one image; `hostCount` tells the true number. */
export const imageHostsMax = 500;

/** How a container of the image would start. */
export const ImageConfig = z.object({
  os: Text.optional(),
  architecture: Text.optional(),
  user: Text.optional(),
  entrypoint: z.array(z.string().max(4_096)).max(256).optional(),
  command: z.array(z.string().max(4_096)).max(256).optional(),
});
export type ImageConfig = z.infer<typeof ImageConfig>;

export const ImageDetail = z.object({
  ...ImageFields,
  repoDigests: z.array(Text),
  config: ImageConfig,
  osRelease: OsRelease.nullable(),
  contentHash: z.string().nullable(),
  layers: z.array(LayerFacts),
  warnings: z.array(InventoryWarning),
  secrets: z.array(InventorySecret),
  hosts: z.array(ImageHost).max(imageHostsMax),
});
export type ImageDetail = z.infer<typeof ImageDetail>;

export const ContainerPort = z.object({
  containerPort: z.int().min(0).max(65_535),
  protocol: z.string().max(16),
  hostIp: z.string().max(64).optional(),
  hostPort: z.int().min(0).max(65_535).optional(),
});
export type ContainerPort = z.infer<typeof ContainerPort>;

export const ContainerRow = z.object({
  id: Text,
  name: Text,
  hostId: Text,
  hostname: Text,
  imageId: Text,
  imageName: Text,
  state: ContainerState,
  labels: Labels,
  ports: z.array(ContainerPort),
  privileged: z.boolean(),
  /** User of the first process as configured; empty means root. */
  user: Text,
  createdAt: Instant.nullable(),
  startedAt: Instant.nullable(),
  lastSeenAt: Instant,
  /** How it differs from its image; null while nothing was seen to differ. */
  changes: ChangeCounts.nullable(),
});
export type ContainerRow = z.infer<typeof ContainerRow>;
export const ContainerPage = pageOf(ContainerRow);
export type ContainerPage = z.infer<typeof ContainerPage>;

export const ContainerEngine = z.object({
  kind: z.enum(["docker", "podman", "other"]),
  version: Text,
  apiVersion: Text.optional(),
});
export type ContainerEngine = z.infer<typeof ContainerEngine>;

export const HostRow = z.object({
  id: Text,
  hostname: Text,
  os: z.string().nullable(),
  osSupported: z.boolean(),
  kernel: Text,
  architecture: Text,
  engine: ContainerEngine.nullable(),
  packageCount: z.int().nonnegative(),
  containerCount: z.int().nonnegative(),
  imageCount: z.int().nonnegative(),
  labels: Labels,
  firstSeenAt: Instant,
  lastSeenAt: Instant,
  scannedAt: Instant.nullable(),
  scanState: ScanState,
  /** False when packages may be missing or cannot be judged: no findings then does not mean no flaws. */
  complete: z.boolean(),
});
export type HostRow = z.infer<typeof HostRow>;
export const HostPage = pageOf(HostRow);
export type HostPage = z.infer<typeof HostPage>;

export const MachineFacts = z.object({
  fqdn: Text.optional(),
  cpuCount: z.int().nonnegative().optional(),
  memoryBytes: z.number().nonnegative().optional(),
  diskTotalBytes: z.number().nonnegative().optional(),
  diskFreeBytes: z.number().nonnegative().optional(),
  addresses: z.array(Text).max(256).optional(),
  bootedAt: Instant.optional(),
});
export type MachineFacts = z.infer<typeof MachineFacts>;

export const HostDetail = HostRow.extend({
  machine: MachineFacts,
  osRelease: OsRelease.nullable(),
  warnings: z.array(InventoryWarning),
  contentHash: z.string().nullable(),
});
export type HostDetail = z.infer<typeof HostDetail>;

export const PackageRow = z.object({
  name: Text,
  version: Text,
  kind: PackageKind,
  ecosystem: Text,
  /** The name that advisories of this ecosystem use: the source package for Debian, Ubuntu and Alpine. */
  lookupName: Text,
  sourceName: Text.optional(),
  sourceVersion: Text.optional(),
  purl: z.string().max(2_048),
  path: z.string().max(4_096).optional(),
  /** Index into the layers of the image that brought the package. */
  layer: z.int().nonnegative().optional(),
  licenses: z.array(Text),
  /** A language package whose files an OS package installed; the OS finding is the right one. */
  ownedByOs: z.boolean(),
  /** Whether processes use it; absent where nobody asked. */
  use: PackageUseView.optional(),
});
export type PackageRow = z.infer<typeof PackageRow>;
export const PackagePage = pageOf(PackageRow);
export type PackagePage = z.infer<typeof PackagePage>;

/** Everything that matching needs to know about a resource. */
export const ResourcePackages = z.object({
  ...ResourceRef.shape,
  name: Text,
  os: OsRelease.nullable(),
  labels: Labels,
  hosts: z.array(z.object({ id: Text, hostname: Text })).max(imageHostsMax),
  contentHash: Text.nullable(),
  packages: z.array(PackageRow).max(resourcePackagesMax),
});
export type ResourcePackages = z.infer<typeof ResourcePackages>;

/** `key=value` asks for that value, `key` alone for any. */
const LabelFilter = z.object({ label: z.string().max(2_048).optional() });

export const ListImages = PageRequest.extend({
  ...LabelFilter.shape,
  sort: z
    .enum(["name", "os", "sizeBytes", "packageCount", "containerCount", "hostCount", "firstSeenAt", "lastSeenAt"])
    .default("name"),
  ids: Values.optional(),
  /** Names with `*` as a wildcard; an image matches when one of its tags does. */
  names: Values.optional(),
  hostIds: Values.optional(),
  hostnames: Values.optional(),
  scanState: ScanState.optional(),
  osSupported: z.boolean().optional(),
});
export type ListImages = z.infer<typeof ListImages>;

export const GetImage = z.object({ id: Text.min(1) });
export type GetImage = z.infer<typeof GetImage>;

export const ListContainers = PageRequest.extend({
  ...LabelFilter.shape,
  sort: z.enum(["name", "imageName", "hostname", "state", "startedAt", "lastSeenAt"]).default("name"),
  ids: Values.optional(),
  imageIds: Values.optional(),
  /** Image names with `*` as a wildcard. */
  imageNames: Values.optional(),
  hostIds: Values.optional(),
  hostnames: Values.optional(),
  states: z.array(ContainerState).max(containerStates.length).optional(),
  /** Those that differ from their image, or those of which no difference is known. */
  changed: z.boolean().optional(),
});
export type ListContainers = z.infer<typeof ListContainers>;

export const ListHosts = PageRequest.extend({
  ...LabelFilter.shape,
  sort: z
    .enum(["hostname", "os", "packageCount", "containerCount", "imageCount", "firstSeenAt", "lastSeenAt"])
    .default("hostname"),
  ids: Values.optional(),
  /** Host names with `*` as a wildcard. */
  hostnames: Values.optional(),
  osSupported: z.boolean().optional(),
});
export type ListHosts = z.infer<typeof ListHosts>;

export const GetHost = z.object({ id: z.uuid() });
export type GetHost = z.infer<typeof GetHost>;

/** A page of the packages of one resource, for the package tab. */
export const ListPackages = PageRequest.extend({
  ...ResourceRef.shape,
  sort: z.enum(["name", "version", "kind", "layer", "path"]).default("name"),
  kinds: z.array(PackageKind).max(PackageKind.options.length).optional(),
  layer: z.int().nonnegative().optional(),
  use: z.array(UseState).max(useStates.length).optional(),
});
export type ListPackages = z.infer<typeof ListPackages>;

/** A package version of the project, whoever holds it. `search` matches a part of the name. */
export const SearchPackages = PageRequest.extend({ ecosystem: Text.optional(), version: Text.optional() });
export type SearchPackages = z.infer<typeof SearchPackages>;

/** Holders of one package are counted up to this number. */
export const holdersCountedMax = 10_000;

export const FoundPackage = z.object({
  ecosystem: Text,
  name: Text,
  version: Text,
  kind: PackageKind,
  /** Images and hosts that hold it; `holdersCountedMax` means "at least as many". */
  resources: z.int().nonnegative(),
});
export type FoundPackage = z.infer<typeof FoundPackage>;
export const FoundPackagePage = pageOf(FoundPackage);
export type FoundPackagePage = z.infer<typeof FoundPackagePage>;

/** Names for pickers, in order and without repetition. */
export const ListNames = z.object({
  of: z.enum(["image", "container", "host"]),
  search: z.string().max(256).optional(),
  limit: z.int().positive().max(10_000).default(1_000),
});
export type ListNames = z.infer<typeof ListNames>;

/** A package as an advisory names it. */
export const PackageName = z.object({ ecosystem: Text.min(1), name: Text.min(1) });
export type PackageName = z.infer<typeof PackageName>;

/** Images and hosts that hold a package in any version, in a fixed order; `after` continues behind one of them. */
export const ListHolders = z.object({
  package: PackageName,
  after: ResourceRef.optional(),
  limit: z.int().positive().max(filterValuesMax).default(50),
});
export type ListHolders = z.infer<typeof ListHolders>;

/** Facts of this area; the type is permanent. */
export const inventoryFacts = {
  resourceRecorded: "inventory.resource-recorded",
  resourceRemoved: "inventory.resource-removed",
  containersChanged: "inventory.containers-changed",
  useRecorded: "inventory.use-recorded",
  containerContentsChanged: "inventory.container-contents-changed",
} as const;

/** The packages of a resource are new or changed. */
export const ResourceRecorded = z.object({ ...ResourceRef.shape, contentHash: Text });
export type ResourceRecorded = z.infer<typeof ResourceRecorded>;

/** No host has the resource any more. */
export const ResourceRemoved = ResourceRef;
export type ResourceRemoved = z.infer<typeof ResourceRemoved>;

export const ContainersChanged = z.object({ hostId: Text });
export type ContainersChanged = z.infer<typeof ContainersChanged>;

/** What processes use of a resource is new, changed, or was seen too long ago to count. */
export const UseRecorded = ResourceRef;
export type UseRecorded = z.infer<typeof UseRecorded>;

/** A container differs from its image otherwise than was known, or not any more. */
export const ContainerContentsChanged = GetContainerChanges;
export type ContainerContentsChanged = z.infer<typeof ContainerContentsChanged>;

/** Names a report that the gateway has stored. */
export const IngestFrame = z.object({ defenderId: z.uuid(), epoch: z.uuid(), sequence: z.int().positive() });
export type IngestFrame = z.infer<typeof IngestFrame>;

export const ingestFrameJob = defineJob({
  name: "inventory.ingest-frame",
  lane: "scanning",
  payload: IngestFrame,
  attempts: 10,
  key: (payload) => `${payload.defenderId}~${payload.epoch}~${payload.sequence}`,
});
