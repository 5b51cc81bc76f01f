import type { Inventory, InventoryPackage, LayerFacts, OsRelease } from "@rampart/inspection/contract";
import type { AreaCtx, Labels, Page } from "@rampart/kernel";
import type {
  ContainerEngine,
  ContainerPort,
  ContainerRow,
  ContainerState,
  HostDetail,
  HostRow,
  ImageDetail,
  ImageRow,
  ListContainers,
  ListHosts,
  ListImages,
  ListNames,
  ListPackages,
  PackageName,
  PackageRow,
  ResourceRef,
  ScanState,
} from "./contract.ts";

/**
 * Where a report stands in the order of one Defender: the epoch of its spool (a UUID version 7, so that a later spool
 * sorts later), then the sequence number. Reports are applied by several workers at once; the later one wins.
 */
export type ReportOrder = Readonly<{ epoch: string; sequence: number }>;

/** An image as a host's engine describes it. */
export type EngineImage = Readonly<{
  id: string;
  repoTags: readonly string[];
  repoDigests: readonly string[];
  labels: Labels;
  sizeBytes: number;
  createdAt?: string | undefined;
}>;

export type HostFacts = Readonly<{
  id: string;
  hostname: string;
  kernel: string;
  architecture: string;
  engine?: ContainerEngine | undefined;
  labels: Labels;
}>;

/** What one inspection found, ready to be stored. */
export type InspectedResource = Readonly<{
  inventory: Inventory;
  scannerVersion: string;
  contentHash: string;
  at: Date;
}>;

export type ReportedContainer = Readonly<{
  id: string;
  name: string;
  imageId: string;
  imageName: string;
  state: ContainerState;
  labels: Labels;
  ports: readonly ContainerPort[];
  pid?: number | undefined;
  privileged: boolean;
  user: string;
  createdAt?: string | undefined;
  startedAt?: string | undefined;
}>;

export type ImageHolding = Readonly<{
  imageId: string;
  hostId: string;
  order: ReportOrder;
  repoTags: readonly string[];
  repoDigests: readonly string[];
  at: Date;
}>;

/** What is stored about a resource that the next report must be compared with. */
export type StoredResource = Readonly<{ contentHash: string | null; scanState: ScanState }>;

export type ImagePort = Readonly<{
  list(asked: ListImages): Promise<Page<ImageRow>>;
  find(id: string): Promise<ImageDetail | null>;
  /** Notes that a host has the image; false when a later report of that host already said otherwise. */
  hold(holding: ImageHolding): Promise<boolean>;
  /** Notes that a host has the image no more; false when a later report of that host says that it has. */
  release(holding: Pick<ImageHolding, "imageId" | "hostId" | "order" | "at">): Promise<boolean>;
  /** Locks the image until the unit ends, and returns what is stored; null for a new image. */
  lock(id: string): Promise<StoredResource | null>;
  save(image: EngineImage, inspected: InspectedResource): Promise<void>;
  /** Brings tags, digests and name in line with the hosts that hold the image; returns the number of these hosts. */
  settleNames(id: string): Promise<number>;
  remove(id: string): Promise<void>;
}>;

export type HostPort = Readonly<{
  list(asked: ListHosts): Promise<Page<HostRow>>;
  find(id: string): Promise<HostDetail | null>;
  /** Makes the host known by name before its first inspection arrives. */
  ensure(host: Pick<HostFacts, "id" | "hostname">, at: Date): Promise<void>;
  /** Locks the host and returns what is stored; "stale" when a later report is already stored. */
  lock(id: string, order: ReportOrder): Promise<StoredResource | "stale">;
  save(host: HostFacts, inspected: InspectedResource, order: ReportOrder): Promise<void>;
  /** Claims the place of a full list of containers in the order of reports; false when a later one was applied. */
  claimContainers(id: string, order: ReportOrder): Promise<boolean>;
  /** Whether a full list of containers later than this report was applied. */
  hasLaterContainers(id: string, order: ReportOrder): Promise<boolean>;
}>;

export type SeenContainer = Readonly<{ id: string; state: string; imageId: string; name: string }>;

export type ContainerPorts = Readonly<{
  list(asked: ListContainers): Promise<Page<ContainerRow>>;
  listOfHost(hostId: string): Promise<readonly SeenContainer[]>;
  /** Writes containers; what a later report already said about one of them stays. Returns how many rows it wrote. */
  save(hostId: string, containers: readonly ReportedContainer[], order: ReportOrder, at: Date): Promise<number>;
  /** Marks as removed whatever of the host was last reported before `order`. */
  removeOlder(hostId: string, order: ReportOrder, at: Date): Promise<void>;
  /** Marks one container as removed; false when a later report says that it exists. */
  remove(hostId: string, id: string, order: ReportOrder, at: Date): Promise<boolean>;
}>;

export type PackagePort = Readonly<{
  /** A fingerprint of what matching looks at. Equal for equal sets in any order. */
  fingerprint(inventory: Inventory): string;
  /** Makes these the packages of the resource; writes only what differs. */
  replace(resource: ResourceRef, packages: readonly InventoryPackage[]): Promise<void>;
  removeAll(resource: ResourceRef): Promise<void>;
  listAll(resource: ResourceRef): Promise<readonly PackageRow[]>;
  list(asked: ListPackages): Promise<Page<PackageRow>>;
  /** Resources that hold one of the packages, in a fixed order, after the given one. */
  findResources(names: readonly PackageName[], page: { after?: ResourceRef; limit: number }): Promise<readonly ResourceRef[]>;
}>;

export type NamePort = Readonly<{ list(asked: ListNames): Promise<readonly string[]> }>;

export type InventoryStores = Readonly<{
  images: ImagePort;
  hosts: HostPort;
  containers: ContainerPorts;
  packages: PackagePort;
  names: NamePort;
}>;

export type InventoryCtx = AreaCtx<InventoryStores>;
export type { Inventory, InventoryPackage, LayerFacts, OsRelease };
