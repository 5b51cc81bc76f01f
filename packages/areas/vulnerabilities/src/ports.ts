import type { AreaCtx, InstallationCtx, Labels, SeverityCounts, UnitPorts } from "@rampart/kernel";
import type { InventoryCtx } from "@rampart/inventory";
import type {
  AuditPage,
  AuditRow,
  CountFindings,
  CveKnowledge,
  ExplorerTotals,
  FeedKind,
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
  TopCvePage,
} from "./contract.ts";
import type { CveFacts, Knowledge } from "./core/advisory.ts";
import type { JudgedFinding } from "./core/decide-finding.ts";
import type { PackageKey } from "./core/package-key.ts";
import type { FindingPlan, KnownFinding, StoredMatch } from "./core/plan-findings.ts";
import type { CveEntry } from "./core/read-cve-entry.ts";
import type { ReadRecord } from "./core/read-record.ts";

/** What the feeds know, as projects read it. */
export type KnowledgeStore = Readonly<{
  revision(): Promise<number>;
  /** Everything said about these packages, by `keyText`. */
  lookUp(keys: readonly PackageKey[]): Promise<ReadonlyMap<string, readonly Knowledge[]>>;
  listFacts(cves: readonly string[]): Promise<ReadonlyMap<string, CveFacts>>;
  /** What changed after one revision up to another; null when the memory does not reach back that far. */
  listChanges(
    after: number,
    upTo: number,
  ): Promise<Readonly<{ packages: readonly PackageKey[]; cves: readonly string[] }> | null>;
  status(): Promise<IntelligenceStatus>;
  findCves(asked: FindCves): Promise<readonly CveKnowledge[]>;
}>;

/** One resource as it was compared. */
export type ComparedResource = ResourceRef &
  Readonly<{
    resourceName: string;
    hostNames: readonly string[];
    labels: Labels;
    osName: string | null;
    unsupportedOs: boolean;
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

export type PolicySubject = ResourceRef &
  Readonly<{ resourceName: string; hostNames: readonly string[]; labels: Labels; effect: PolicyEffect }>;

/** A resource with its stored findings as rules look at them. */
export type JudgedResource = PolicySubject &
  Readonly<{ findings: readonly (JudgedFinding & Readonly<{ rank: number }>)[] }>;

export type ResourceStore = Readonly<{
  /** Makes other writers of this resource wait until the unit ends; returns the revision it was last compared with. */
  lock(resource: ResourceRef): Promise<number>;
  save(resource: ComparedResource): Promise<void>;
  remove(resource: ResourceRef): Promise<void>;
  list(kind: ResourceKind | undefined, ids: readonly string[]): Promise<readonly ResourceSummary[]>;
  listRiskiest(kind: ResourceKind | undefined, limit: number): Promise<readonly ResourceSummary[]>;
  /** All resources in a fixed order, for work that walks through a project. */
  listSubjects(
    kind: ResourceKind | undefined,
    after: ResourceRef | null,
    limit: number,
  ): Promise<readonly PolicySubject[]>;
}>;

export type FindingStore = Readonly<{
  /** Adds matches that are not there yet. They never change, so this may happen before the unit that uses them. */
  addMatches(matches: readonly StoredMatch[]): Promise<void>;
  listKnown(resource: ResourceRef): Promise<readonly KnownFinding[]>;
  apply(resource: ResourceRef, plan: FindingPlan): Promise<void>;
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
  listResourcesWithCves(
    cves: readonly string[],
    after: ResourceRef | null,
    limit: number,
  ): Promise<readonly ResourceRef[]>;
}>;

export type ExplorerStore = Readonly<{
  /** Counts a resource in or out of CVEs. Called last in its unit, since these rows are shared by all resources. */
  recount(resource: ResourceRef, plan: FindingPlan, revision: number): Promise<void>;
  listTopCves(asked: ListTopCves): Promise<TopCvePage>;
  listImpacted(asked: ListImpactedResources): Promise<ImpactedPage>;
  totals(): Promise<ExplorerTotals>;
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
  add(audit: NewAudit): Promise<void>;
  list(asked: ListAudits): Promise<AuditPage>;
  /** Audits since then, by rule name. */
  countByRule(since: Date): Promise<ReadonlyMap<string, number>>;
}>;

export type ProgressStore = Readonly<{ get(): Promise<number>; save(revision: number, at: Date): Promise<void> }>;

export type VulnerabilityStores = Readonly<{
  knowledge: KnowledgeStore;
  resources: ResourceStore;
  findings: FindingStore;
  explorer: ExplorerStore;
  policies: PolicyStore;
  violations: AuditStore;
  progress: ProgressStore;
}>;

export type VulnerabilityCtx = AreaCtx<VulnerabilityStores> &
  Readonly<{
    /** The same UUID for the same text, and for no other. */
    idOf(text: string): string;
  }>;

export type VulnerabilityUnit = VulnerabilityStores & UnitPorts;

/** For comparing, which reads packages where they are kept. */
export type MatchingCtx = VulnerabilityCtx & Readonly<{ inventory: InventoryCtx }>;

/** One feed file that lies ready to be read, as often as needed. */
export type FeedFile = Readonly<{
  file: string;
  kind: FeedKind;
  origin: string;
  sizeBytes: number;
  sha256: string;
  /** The lines of the unpacked text with their numbers. Throws a BadFeed for what cannot be unpacked. */
  lines(): AsyncIterable<Readonly<{ number: number; text: string }>>;
}>;

export type FeedFolder = Readonly<{ files: readonly FeedFile[]; close(): Promise<void> }>;

export type CveColumn = "epss" | "kev" | "cvss" | "poc";

/** Takes the records of one file in place of those that it had before. Everything is one transaction. */
export type FeedWriter<Entry> = Readonly<{
  put(entries: readonly Entry[]): Promise<void>;
  /** Removes what the file no longer has and notes what changed; returns the number of changed packages or CVEs. */
  finish(): Promise<Readonly<{ changed: number; packages: number }>>;
}>;

export type SourceStore = Readonly<{
  find(file: string): Promise<FeedSource | null>;
  /** Makes other imports wait until the unit ends; returns the revision that this one will have. */
  lock(): Promise<number>;
  save(source: Omit<FeedSource, "isStarter" | "problem">, revision: number): Promise<void>;
  /** Notes that a file was looked at again: unchanged, or refused with a reason. */
  check(file: Pick<FeedFile, "file" | "kind" | "origin">, at: Date, problem: string | null): Promise<void>;
  getRevision(): Promise<number>;
  hasFeeds(): Promise<boolean>;
  writeRecords(file: string, revision: number): Promise<FeedWriter<ReadRecord>>;
  writeCves(kind: CveColumn, revision: number): FeedWriter<CveEntry>;
  /** Takes the built-in records out of the way of real ones. */
  hideStarter(revision: number): Promise<void>;
}>;

export type IntelligenceStores = Readonly<{ sources: SourceStore }>;

export type IntelligenceCtx = InstallationCtx<IntelligenceStores> &
  Readonly<{
    /** Refuses a location that cannot be read. */
    openFeeds(location: string): Promise<FeedFolder>;
    /** SHA-256 in hexadecimal. */
    hashOf(text: string): string;
    /** Tells every project that is behind about a revision. */
    announce(revision: number): Promise<void>;
  }>;
