import type { AreaCtx, InstallationCtx, Labels, SeverityCounts, UnitPorts } from "@rampart/kernel";
import type { InventoryCtx } from "@rampart/inventory";
import type {
  AllowedCvesView,
  AuditPage,
  AuditRow,
  BundleKey,
  ComparisonRound,
  CountFindings,
  CustomVulnerabilitiesView,
  CveKnowledge,
  ExplorerTotals,
  FeedAccess,
  FeedKind,
  FeedLocationStatus,
  FeedSource,
  FindCves,
  FindingCounts,
  FindingDetail,
  FindingPage,
  FindingRow,
  ImpactedPage,
  IntelligenceStatus,
  ListAudits,
  ListFindings,
  ListImpactedResources,
  ListTopCves,
  PolicyEffect,
  PolicyRule,
  ResourceKind,
  ResourceRef,
  ResourceSummary,
  SaveFeedLocation,
  TopCvePage,
  Validators,
} from "./contract.ts";
import type { CveFacts, Knowledge } from "./core/advisory.ts";
import type { JudgedFinding } from "./core/decide-finding.ts";
import type { FeedEntry } from "./core/feeds/feed-entry.ts";
import type { MatchMemory } from "./core/match-memo.ts";
import type { PackageKey } from "./core/package-key.ts";
import type { StoredFinding } from "./core/part-of-resource.ts";
import type { FindingPlan, StoredMatch } from "./core/plan-findings.ts";
import type { CveEntry } from "./core/read-cve-entry.ts";
import type { CveTally } from "./core/tally-cves.ts";
import type { UsedFinding } from "./core/use-of-finding.ts";
import type { ReadRecord } from "./core/read-record.ts";

/** What the feeds know, as projects read it. */
export type KnowledgeStore = Readonly<{
  revision(): Promise<number>;
  /** The newest revision and when it was imported. */
  newest(): Promise<Readonly<{ revision: number; at: Date | null }>>;
  /** Everything said about these packages, by `keyText`. */
  lookUp(keys: readonly PackageKey[]): Promise<ReadonlyMap<string, readonly Knowledge[]>>;
  listFacts(cves: readonly string[]): Promise<ReadonlyMap<string, CveFacts>>;
  /** What changed after one revision up to another; null when there is too much, or nobody remembers all of it. */
  listChanges(after: number, upTo: number): Promise<KnowledgeChanges | null>;
  /** Whether any imported advisory is about the ecosystem; the built-in set of a few flaws does not count. */
  covers(ecosystem: string): Promise<boolean>;
  status(): Promise<IntelligenceStatus>;
  findCves(asked: FindCves): Promise<readonly CveKnowledge[]>;
}>;

export type KnowledgeChanges = Readonly<{
  /** With the ids and CVEs of the changed records, before and after; null when they are not known. */
  packages: readonly (PackageKey & Readonly<{ flaws: readonly string[] | null }>)[];
  /** CVEs about which side tables say something else. */
  cves: readonly string[];
}>;

/** One resource as it was compared. */
export type ComparedResource = ResourceRef &
  Readonly<{
    resourceName: string;
    hostNames: readonly string[];
    labels: Labels;
    osName: string | null;
    /** As advisories name the distribution; null without one. */
    osEcosystem: string | null;
    packageCount: number;
    contentHash: string | null;
    counts: SeverityCounts;
    fixable: number;
    knownExploited: number;
    riskScore: number;
    effect: PolicyEffect;
    ruleName: string | null;
    revision: number;
    at: Date;
  }>;

/** What is remembered of the comparison before. */
export type LastComparison = Pick<
  ComparedResource,
  | "revision"
  | "contentHash"
  | "ruleName"
  | "osName"
  | "osEcosystem"
  | "packageCount"
  | "counts"
  | "fixable"
  | "knownExploited"
  | "effect"
>;

export type PolicySubject = ResourceRef &
  Readonly<{ resourceName: string; hostNames: readonly string[]; labels: Labels; effect: PolicyEffect }>;

/** A resource with its stored findings as rules look at them. */
export type JudgedResource = PolicySubject &
  Readonly<{ findings: readonly (JudgedFinding & Readonly<{ rank: number }>)[] }>;

export type ResourceStore = Readonly<{
  /** Makes other writers of this resource wait until the unit ends; null when it was never compared. */
  lock(resource: ResourceRef): Promise<LastComparison | null>;
  /** The same for those of many resources that were compared before. */
  lockKnown(resources: readonly ResourceRef[]): Promise<readonly (ResourceRef & LastComparison)[]>;
  save(resources: readonly ComparedResource[]): Promise<void>;
  remove(resource: ResourceRef): Promise<void>;
  list(kind: ResourceKind | undefined, ids: readonly string[]): Promise<readonly ResourceSummary[]>;
  listRiskiest(kind: ResourceKind | undefined, limit: number): Promise<readonly ResourceSummary[]>;
}>;

export type KnownFindings = ResourceRef & Readonly<{ stored: readonly StoredFinding[] }>;

/** Only findings of these CVEs, or of packages of these names; null for all. */
export type FindingLook = Readonly<{ by: "cve" | "package"; names: readonly string[] }> | null;

/** A flaw of a package of a resource. */
export type Flaw = ResourceRef & Readonly<{ ecosystem: string; packageName: string; cve: string }>;

export type FindingStore = Readonly<{
  /**
   * Adds matches that are not there yet, and rewords those that older advisories worded otherwise. What findings rest
   * upon never changes, so this may happen before the unit that uses them.
   */
  addMatches(matches: readonly StoredMatch[], revision: number): Promise<void>;
  listKnown(resources: readonly ResourceRef[], look: FindingLook): Promise<readonly KnownFindings[]>;
  /** Which packages of a resource have a CVE. */
  listWithCves(asked: readonly (ResourceRef & Readonly<{ cve: string }>)[]): Promise<readonly Flaw[]>;
  /** The effects of all findings. */
  listEffects(resources: readonly ResourceRef[]): Promise<readonly (Flaw & Readonly<{ effect: PolicyEffect }>)[]>;
  apply(plans: readonly Readonly<{ resource: ResourceRef; plan: FindingPlan }>[]): Promise<void>;
  /** What tells whether they are in use: of all findings of these resources, or of those without a note of it. */
  listPlaces(resources: readonly ResourceRef[], extent: "all" | "new"): Promise<readonly UsedFinding[]>;
  setUse(marks: readonly Pick<UsedFinding, "id" | "inUse">[]): Promise<void>;
  list(asked: ListFindings): Promise<FindingPage>;
  /** All findings of these resources, the riskiest first. */
  listAll(kind: ResourceKind, ids: readonly string[], findingsMax: number): Promise<readonly FindingRow[]>;
  count(asked: CountFindings): Promise<FindingCounts>;
  find(id: string): Promise<FindingDetail | null>;
  /** Stored findings of one kind of resource, resource by resource, up to a number of findings. */
  listJudged(
    kind: ResourceKind,
    findingsMax: number,
  ): Promise<Readonly<{ resources: readonly JudgedResource[]; partial: boolean }>>;
  /** Packages in which one of these CVEs was found. */
  listPackagesWithCves(
    cves: readonly string[],
    limit: number,
  ): Promise<readonly Readonly<{ ecosystem: string; name: string }>[]>;
}>;

export type ExplorerStore = Readonly<{
  /** Counts resources in or out of CVEs. Called last in its unit, since these rows are shared by all resources. */
  recount(tallies: readonly CveTally[], revision: number): Promise<void>;
  listTopCves(asked: ListTopCves): Promise<TopCvePage>;
  listImpacted(asked: ListImpactedResources): Promise<ImpactedPage>;
  totals(): Promise<ExplorerTotals>;
  countResources(): Promise<Readonly<{ images: number; hosts: number }>>;
}>;

export type StoredPolicy = Readonly<{
  revision: number;
  rules: readonly PolicyRule[];
  updatedAt: Date | null;
  updatedBy: string | null;
}>;

export type PolicyStore = Readonly<{
  /** The saved policy, else the default one with revision 0. */
  get(policy: ResourceKind): Promise<StoredPolicy>;
  /** False when another revision is in force than the one given. */
  save(
    policy: ResourceKind,
    revision: number,
    saved: Readonly<{ rules: readonly PolicyRule[]; at: Date; by: string }>,
  ): Promise<boolean>;
}>;

export type NewAudit = Omit<AuditRow, "at"> & Readonly<{ ruleId: string; at: Date }>;

export type AuditStore = Readonly<{
  add(audits: readonly NewAudit[]): Promise<void>;
  list(asked: ListAudits): Promise<AuditPage>;
  /** Audits since then, by rule name. */
  countByRule(since: Date): Promise<ReadonlyMap<string, number>>;
}>;

export type ProgressStore = Readonly<{ get(): Promise<number>; save(revision: number, at: Date): Promise<void> }>;

/** A round of comparing a project again that has not reached its end. */
export type OpenRound = Readonly<{
  revision: number;
  /** The revision that the findings knew before. */
  since: number;
  /** Everything is compared, not only what holds a changed package. */
  whole: boolean;
  /** Where the walk through the project is. */
  position: number;
}>;

/** What one stretch of the walk came to; without `next` it was the last. */
export type Stretch = Readonly<{ next: number | null; holders: number; compared: number; failed: number }>;

export type RoundStore = Readonly<{
  /** Makes others who open or finish a round wait until the unit ends. */
  lock(): Promise<void>;
  findOpen(): Promise<OpenRound | null>;
  open(round: Omit<OpenRound, "position">, resources: number, at: Date): Promise<void>;
  /** Notes a stretch; false when another worker has gone on from this position. */
  advance(round: OpenRound, stretch: Stretch, at: Date): Promise<boolean>;
  findLast(): Promise<ComparisonRound | null>;
}>;

/** Who added the entries stays with each of them; the rest of a list is replaced as a whole. */
export type OwnListStore = Readonly<{
  getCustom(): Promise<CustomVulnerabilitiesView>;
  getAllowed(): Promise<AllowedCvesView>;
  replaceCustom(entries: CustomVulnerabilitiesView["entries"], head: OwnListHead): Promise<void>;
  replaceAllowed(entries: AllowedCvesView["entries"], head: OwnListHead): Promise<void>;
}>;
type OwnListHead = Readonly<{ digest: string; at: Date }>;

export type VulnerabilityStores = Readonly<{
  ownLists: OwnListStore;
  knowledge: KnowledgeStore;
  resources: ResourceStore;
  findings: FindingStore;
  explorer: ExplorerStore;
  policies: PolicyStore;
  violations: AuditStore;
  progress: ProgressStore;
  rounds: RoundStore;
}>;

export type VulnerabilityCtx = AreaCtx<VulnerabilityStores> &
  Readonly<{
    /** The same UUID for the same text, and for no other. */
    idOf(text: string): string;
  }>;

export type VulnerabilityUnit = VulnerabilityStores & UnitPorts;

/** For explaining, which reads packages where they are kept, as the caller may. */
export type ExplainingCtx = VulnerabilityCtx & Readonly<{ inventory: InventoryCtx }>;

/** For comparing, which reads packages where they are kept. */
export type MatchingCtx = VulnerabilityCtx & Readonly<{ inventory: InventoryCtx; memory: MatchMemory }>;

/** One feed that lies ready to be read, as often as needed: a file, or documents that belong together. */
export type FeedFile = Readonly<{
  file: string;
  kind: FeedKind;
  format: string;
  origin: string;
  sizeBytes: number;
  sha256: string;
  /** For a delta: the hash of what it builds upon. Entries then name only what changed. */
  base?: string;
  /** Its entries with their places. Throws a BadFeed where it cannot be read any further. */
  entries(): AsyncIterable<FeedEntry>;
}>;

/** A signed file of feeds. A bundle that is older than one that was imported is not taken by mistake. */
export type Bundle = Readonly<{ fingerprint: string; publicKey: string; origin: string; sequence: number }>;

export type FeedFolder = Readonly<{
  files: readonly FeedFile[];
  /** The bundle that the feeds came in, after its signature was checked; null for plain files. */
  bundle: Bundle | null;
  /** What servers call the versions that they gave, for asking "only if changed" next time. */
  validators: Validators;
  /** Names of files that an address still has as they were. */
  unchanged: readonly string[];
  close(): Promise<void>;
}>;

export type OpeningFeeds = Readonly<{
  /** What an address has not changed since then is left out. */
  known: Validators;
  /** What an address is asked with. */
  access: FeedAccess;
  /** Keys in PEM form whose bundles are trusted. */
  publicKeys: readonly string[];
}>;

export type CveColumn = Exclude<FeedKind, "osv" | "starter">;

/** What a feed says now, and how many packages or CVEs it says something else about than before. */
export type Swapped = Readonly<{ changed: number; records: number; packages: number }>;

export type StagedRecords = Readonly<{ importId: string; file: string }>;

/**
 * A feed is read into rows beside those in force, in as many transactions as it takes, and put in their place by one.
 * Whatever is interrupted before leaves the old rows as they are.
 */
export type StagingStore = Readonly<{
  begin(importId: string): Promise<void>;
  putRecords(staged: StagedRecords, records: readonly ReadRecord[]): Promise<void>;
  /** Names records that a delta takes away. */
  putRemoved(importId: string, ids: readonly string[]): Promise<void>;
  putCves(importId: string, kind: CveColumn, entries: readonly CveEntry[]): Promise<void>;
  /** False when the database lost what was staged, as it does in a crash. Asked once, before the swap. */
  isComplete(importId: string): Promise<boolean>;
  swapRecords(swap: StagedRecords & Readonly<{ revision: number; isDelta: boolean }>): Promise<Swapped>;
  swapCves(swap: Readonly<{ importId: string; kind: CveColumn; revision: number; isDelta: boolean }>): Promise<Swapped>;
  discard(importId: string): Promise<void>;
}>;

export type SourceStore = Readonly<{
  find(file: string): Promise<FeedSource | null>;
  /** Makes other imports wait until the unit ends; returns the revision that this one will have. */
  lock(): Promise<number>;
  save(source: Omit<FeedSource, "isStarter" | "problem">, revision: number): Promise<void>;
  /** Notes that a file was looked at again: unchanged, or refused with a reason. */
  check(file: Pick<FeedFile, "file" | "kind" | "format" | "origin">, at: Date, problem: string | null): Promise<void>;
  /** Forgets the source that filled the same columns before: a side table of a kind stands in place of any other. */
  supersede(source: Pick<FeedFile, "file" | "kind">): Promise<void>;
  /** Every source that is in force, the built-in set left out. */
  listFeeds(): Promise<readonly FeedSource[]>;
  /** What a source says, in the order of its ids, behind one of them. */
  listRecords(file: string, after: string, limit: number): Promise<readonly ReadRecord[]>;
  listCves(kind: CveColumn, after: string, limit: number): Promise<readonly CveEntry[]>;
  getRevision(): Promise<number>;
  hasFeeds(): Promise<boolean>;
  /** Takes the built-in records out of the way of real ones. */
  hideStarter(revision: number): Promise<void>;
}>;

/** Keys whose bundles may be imported, with the newest bundle of each. */
export type BundleKeyStore = Readonly<{
  list(): Promise<readonly BundleKey[]>;
  find(fingerprint: string): Promise<BundleKey | null>;
  save(key: Omit<BundleKey, "addedAt">, at: Date): Promise<void>;
  remove(fingerprint: string): Promise<boolean>;
}>;

export type StoredLocation = FeedLocationStatus & Readonly<{ validators: Validators }>;

/** What came of looking at a location. */
export type Attempt = Readonly<{
  at: Date;
  nextAt: Date;
  outcome: FeedLocationStatus["outcome"];
  problem: string | null;
  /** Kept as they were when not given. */
  validators?: Validators;
}>;

/** Where advisories are fetched from by themselves. */
export type LocationStore = Readonly<{
  list(): Promise<readonly StoredLocation[]>;
  /** The opened credential and the certificates of a location. */
  readAccess(location: string): Promise<FeedAccess>;
  listDue(at: Date, limit: number): Promise<readonly StoredLocation[]>;
  /** Adds or changes; a new one is due at once. */
  save(location: SaveFeedLocation, at: Date): Promise<void>;
  /** Adds one that is not there yet. */
  ensure(location: SaveFeedLocation, at: Date): Promise<void>;
  remove(location: string): Promise<boolean>;
  /** Takes the next attempt for this process, so that no other makes it at the same time; false when it is taken. */
  claim(location: string, due: string, nextAt: Date): Promise<boolean>;
  note(location: string, attempt: Attempt): Promise<void>;
}>;

export type IntelligenceStores = Readonly<{
  sources: SourceStore;
  staging: StagingStore;
  bundleKeys: BundleKeyStore;
  locations: LocationStore;
}>;

export type IntelligenceCtx = InstallationCtx<IntelligenceStores> &
  Readonly<{
    /** Refuses a location that cannot be read, and a bundle that none of the keys has signed. */
    openFeeds(location: string, opening: OpeningFeeds): Promise<FeedFolder>;
    /** Names the key of a PEM text; refuses what is no key for bundles. */
    fingerprintOf(publicKey: string): string;
    /** Refuses a PEM text that holds no certificate, or something else beside certificates. */
    checkCertificates(pem: string): void;
    /** SHA-256 in hexadecimal. */
    hashOf(text: string): string;
    /** Tells every project that is behind about a revision. */
    announce(revision: number): Promise<void>;
  }>;
