import type { Severity } from "@rampart/kernel";

/** One change in a version line, as OSV writes it. Exactly one of the three is set. */
export type RangeEvent = Readonly<{ introduced?: string; fixed?: string; lastAffected?: string }>;
export type AffectedRange = Readonly<{ type: "SEMVER" | "ECOSYSTEM"; events: readonly RangeEvent[] }>;

/** What one advisory says about one package of one ecosystem. */
export type Affected = Readonly<{
  advisoryId: string;
  /** File or feed it came from. */
  source: string;
  ecosystem: string;
  /** In the spelling of `packageKeyOf`. */
  packageName: string;
  ranges: readonly AffectedRange[];
  /** Exact versions, given where there are no ranges. */
  versions: readonly string[];
  /** The vendor states that no version was ever affected; this silences what others say about the same package. */
  isNeverAffected: boolean;
  /** The vendor's word on the state, such as `pending-upstream-fix`. */
  status?: string;
  severity?: Severity;
}>;

/** What one advisory says about the flaw itself. */
export type Advisory = Readonly<{
  id: string;
  source: string;
  modifiedAt: string;
  publishedAt?: string;
  withdrawnAt?: string;
  summary: string;
  /** Other names of the same flaw that are no CVE ids. */
  aliases: readonly string[];
  /** A distribution's advisory may repair several. */
  cves: readonly string[];
  /** The vendor's own grade. */
  severity?: Severity;
  cvssVector?: string;
  cvssScore?: number;
  link?: string;
  isStarter?: boolean;
}>;

export type Knowledge = Readonly<{ advisory: Advisory; affected: Affected }>;

/** Facts about a CVE that come from side tables, not from advisories. */
export type CveFacts = Readonly<{
  cvssVector?: string;
  cvssScore?: number;
  publishedAt?: string;
  epss?: number;
  epssPercentile?: number;
  knownExploited?: boolean;
  proofs?: number;
  /** The CVE program has withdrawn the number: it names no flaw. */
  isRejected?: boolean;
}>;
