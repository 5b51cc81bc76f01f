import type { FleetCtx } from "@rampart/fleet";
import type { Inventory, InventoryPackage, InventorySecret, InventoryWarning } from "@rampart/inspection/contract";
import type { PackageUse } from "@rampart/protocol/contract";
import type { AreaCtx, Labels, UnitPorts } from "@rampart/kernel";
import type {
  ChangeCounts,
  ContainerChanges,
  ContainerPort,
  ContainerPage,
  ContainerState,
  FoundPackagePage,
  GetContainerChanges,
  HostDetail,
  HostPage,
  ImageDetail,
  ImagePage,
  ListContainers,
  ListHosts,
  ListImages,
  ListNames,
  ListPackages,
  PackageName,
  PackagePage,
  PackageRow,
  ResourcePackages,
  ResourceRef,
  ScanState,
  SearchPackages,
} from "./contract.ts";
import type { ResourceUse } from "./core/package-use.ts";
import type { EngineImage, HostFacts } from "./core/read-report.ts";

export type { EngineImage, HostFacts };

/**
 * Where a report stands among those of its Defender: its time, then its number. Several workers apply reports at
 * once; the later one wins.
 */
export type ReportOrder = Readonly<{ at: Date; sequence: number }>;

/** What one inspection found, ready to be stored. */
export type InspectedResource = Readonly<{ inventory: Inventory; contentHash: string; at: Date }>;

export type ReportedContainer = Readonly<{
  id: string;
  name: string;
  imageId: string;
  imageName: string;
  state: ContainerState;
  labels: Labels;
  ports: readonly ContainerPort[];
  pid?: number | undefined;
  privileged?: boolean | undefined;
  user?: string | undefined;
  createdAt?: string | undefined;
  startedAt?: string | undefined;
}>;

/** The names under which a host has an image. */
export type HeldImage = Readonly<{ id: string; repoTags: readonly string[]; repoDigests: readonly string[] }>;

/** Who reported, when it was reported and when it is stored. */
export type Reporting = Readonly<{ hostId: string; order: ReportOrder; at: Date }>;

/** What is stored about a resource that the next report must be compared with. */
export type StoredResource = Readonly<{ contentHash: string | null; scanState: ScanState }>;

export type ScanFailure = Readonly<{ code: string; message: string }>;

export type ImageStore = Readonly<{
  list(asked: ListImages): Promise<ImagePage>;
  find(id: string): Promise<ImageDetail | null>;
  /** Notes which images a host has. Returns those that it still has: a later report may already have removed some. */
  hold(images: readonly HeldImage[], by: Reporting): Promise<readonly string[]>;
  /** Notes that a host has an image no more; false when a later report of that host says that it has. */
  release(imageId: string, by: Reporting): Promise<boolean>;
  /** Ids of the images that the host was last reported to have before this report. */
  listHeldBefore(by: Reporting): Promise<readonly string[]>;
  /** Makes images known by name that no host has inspected yet. */
  ensure(images: readonly HeldImage[], at: Date): Promise<void>;
  /** Locks the image until the unit ends, and returns what is stored; null for a new image. */
  lock(id: string): Promise<StoredResource | null>;
  save(image: EngineImage, inspected: InspectedResource): Promise<void>;
  /** Notes why an image could not be inspected; an earlier successful inspection stays. */
  saveFailure(image: EngineImage, failure: ScanFailure, at: Date): Promise<void>;
  /** Brings names and digests in line with the hosts that have the images; returns the ids that no host has any more. */
  settle(ids: readonly string[], at: Date): Promise<readonly string[]>;
  remove(ids: readonly string[]): Promise<void>;
  /** Whether a later report of the host says that it has the image no more. */
  isReleased(imageId: string, by: Reporting): Promise<boolean>;
}>;

/** What one host saw in use of an image or of itself. */
export type SeenUse = Readonly<{ resource: ResourceRef; complete: boolean; used: readonly PackageUse[] }>;

export type UseStore = Readonly<{
  find(resource: ResourceRef): Promise<ResourceUse>;
  /** The same for many; those that no host has looked at are left out. */
  list(resources: readonly ResourceRef[]): Promise<readonly (ResourceRef & ResourceUse)[]>;
  /** Adds what was seen, whatever came before; true when it tells something that was not known. */
  save(seen: SeenUse, by: Reporting): Promise<boolean>;
  /** Forgets what no host has seen since; true when there was any. */
  removeOlder(resource: ResourceRef, since: Date): Promise<boolean>;
  removeAll(resources: readonly ResourceRef[]): Promise<void>;
}>;

/** How a container differs from its image, as its host reports it. */
export type ContainerContents = Readonly<{
  containerId: string;
  imageId: string;
  added: readonly InventoryPackage[];
  removed: readonly InventoryPackage[];
  secrets: readonly InventorySecret[];
  warnings: readonly InventoryWarning[];
}>;

export type ChangeTally = Omit<ChangeCounts, "firstSeenAt" | "reportedAt">;

export type ChangeStore = Readonly<{
  /** Null when the container is gone or was never seen. */
  find(asked: GetContainerChanges): Promise<ContainerChanges | null>;
  /** Whether a later report says that the container is gone. */
  isGone(containerId: string, by: Reporting): Promise<boolean>;
  /** Makes this what is known of the container; "stale" when a later report was applied. */
  save(contents: ContainerContents, counts: ChangeTally, by: Reporting): Promise<"recorded" | "unchanged" | "stale">;
  /** Forgets what was reported before of containers that the host has no more: of all, or of one. */
  removeOrphans(hostId: string, order: ReportOrder, containerId?: string): Promise<void>;
}>;

export type HostStore = Readonly<{
  list(asked: ListHosts): Promise<HostPage>;
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

export type ContainerStore = Readonly<{
  list(asked: ListContainers): Promise<ContainerPage>;
  listOfHost(hostId: string): Promise<readonly SeenContainer[]>;
  /** Writes containers; what a later report already said about one of them stays. Returns how many rows it wrote. */
  save(hostId: string, containers: readonly ReportedContainer[], order: ReportOrder, at: Date): Promise<number>;
  /** Marks as removed whatever of the host was last reported before `order`. */
  removeOlder(hostId: string, order: ReportOrder, at: Date): Promise<void>;
  /** Marks one container as removed; false when a later report says that it exists. */
  remove(hostId: string, id: string, order: ReportOrder, at: Date): Promise<boolean>;
}>;

/** A stretch of the fixed order in which all resources with packages can be walked through. */
export type HoldersAsked = Readonly<{
  /** Packages by the names that advisories use; null asks for all. */
  names: readonly PackageName[] | null;
  /** Number of the last holder that was seen; 0 at the beginning. */
  after: number;
  /** How many holders the stretch has. */
  holders: number;
}>;

export type HolderPackages = ResourceRef & Readonly<{ packages: readonly PackageRow[] }>;

export type PackageStore = Readonly<{
  /** A fingerprint of what matching looks at. Equal for equal sets in any order. */
  fingerprint(inventory: Inventory): string;
  /** Makes these the packages of the resource; writes only what differs. */
  replace(resource: ResourceRef, packages: readonly InventoryPackage[]): Promise<void>;
  removeAll(resources: readonly ResourceRef[]): Promise<void>;
  listAll(resource: ResourceRef): Promise<readonly PackageRow[]>;
  countHolders(): Promise<number>;
  /** Of the next holders, those that hold one of the packages. `next` is where to go on; null at the end. */
  listHoldings(
    asked: HoldersAsked,
  ): Promise<Readonly<{ holders: number; next: number | null; resources: readonly HolderPackages[] }>>;
  list(asked: ListPackages): Promise<PackagePage>;
  search(asked: SearchPackages): Promise<FoundPackagePage>;
  /** Resources that hold one of the packages, in a fixed order, after the given one. */
  findResources(
    names: readonly PackageName[],
    page: { after?: ResourceRef; limit: number },
  ): Promise<readonly ResourceRef[]>;
}>;

/** What rules and alerts say about a resource: its name, where it is and whose. */
export type ResourceSubject = Omit<ResourcePackages, "packages">;

export type SubjectStore = Readonly<{
  /** In no order; resources that nobody has any more are left out. */
  list(resources: readonly ResourceRef[]): Promise<readonly ResourceSubject[]>;
  listHashes(
    resources: readonly ResourceRef[],
  ): Promise<readonly (ResourceRef & Pick<ResourceSubject, "contentHash">)[]>;
}>;

export type NameStore = Readonly<{ list(asked: ListNames): Promise<readonly string[]> }>;

export type InventoryStores = Readonly<{
  images: ImageStore;
  hosts: HostStore;
  containers: ContainerStore;
  changes: ChangeStore;
  packages: PackageStore;
  uses: UseStore;
  names: NameStore;
  subjects: SubjectStore;
}>;

export type InventoryCtx = AreaCtx<InventoryStores>;
/** What a unit of work hands to a write verb. */
export type InventoryUnit = InventoryStores & UnitPorts;

/** What applying reports needs besides: the frames that the gateway stored belong to fleet. */
export type IngestCtx = InventoryCtx & Readonly<{ fleet: FleetCtx }>;
