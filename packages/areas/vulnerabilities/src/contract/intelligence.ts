import { z } from "zod";
import { FeedLocation, FeedLocationStatus, feedLocationsMax } from "./feed-locations.ts";
import { Text } from "./text.ts";

export const ImportAdvisories = z.object({
  location: FeedLocation,
  /** Import files again although their content is unchanged, and a bundle although it is older than one imported. */
  force: z.boolean().default(false),
  /** The key of whoever signed the bundle, in PEM form; from then on it is trusted. */
  publicKey: z.string().max(2_000).optional(),
});
export type ImportAdvisories = z.infer<typeof ImportAdvisories>;

/** Entity tags (RFC 9110) of feed files, by address. */
export const Validators = z.record(z.string().max(4_096), z.string().max(1_024));
export type Validators = z.infer<typeof Validators>;

/** What a feed is about: `osv` are records about packages, whatever form they came in; the others are about CVEs. */
export const feedKinds = ["osv", "kev", "epss", "cvss", "nvd", "poc", "exploits", "starter"] as const;
export const FeedKind = z.enum(feedKinds);
export type FeedKind = z.infer<typeof FeedKind>;

export const FeedOutcome = z.object({
  file: Text,
  outcome: z.enum(["imported", "unchanged", "refused"]),
  records: z.int().nonnegative(),
  changedPackages: z.int().nonnegative(),
  /** For a refused file: its name, the line and what is wrong with it. The old content stays in force. */
  problem: Text.optional(),
});
export type FeedOutcome = z.infer<typeof FeedOutcome>;

/** Feed files that one installation keeps, far above what there are feeds for. */
export const feedFilesMax = 1_000;

export const ImportReport = z.object({
  revision: z.int().nonnegative(),
  files: z.array(FeedOutcome).max(feedFilesMax),
});
export type ImportReport = z.infer<typeof ImportReport>;

export const FeedSource = z.object({
  file: Text,
  kind: FeedKind,
  /** The form it came in, such as `debian-tracker`. */
  format: Text,
  records: z.int().nonnegative(),
  packages: z.int().nonnegative(),
  sizeBytes: z.int().nonnegative(),
  sha256: Text,
  /** Where it was imported from. */
  origin: Text,
  /** Null as long as no attempt succeeded. */
  importedAt: z.iso.datetime().nullable(),
  checkedAt: z.iso.datetime(),
  /** Newest date inside the data: how old the knowledge itself is. */
  dataAsOf: z.iso.datetime().nullable(),
  isStarter: z.boolean(),
  /** Why the last attempt was refused, with file and line; null when it was not. */
  problem: Text.nullable(),
});
export type FeedSource = z.infer<typeof FeedSource>;

export const IntelligenceStatus = z.object({
  revision: z.int().nonnegative(),
  advisories: z.int().nonnegative(),
  packages: z.int().nonnegative(),
  cves: z.int().nonnegative(),
  lastImportAt: z.iso.datetime().nullable(),
  /** True as long as nothing but the built-in starter set is loaded. */
  onlyStarter: z.boolean(),
  sources: z.array(FeedSource).max(feedFilesMax),
});
export type IntelligenceStatus = z.infer<typeof IntelligenceStatus>;

export const FindCves = z.object({ id: z.string().min(3).max(128), limit: z.int().positive().max(250).default(50) });
export type FindCves = z.infer<typeof FindCves>;

/** What the loaded feeds know about one CVE, independent of any resource. */
export const CveKnowledge = z.object({
  cve: Text,
  cvss: z.number().nullable(),
  vector: Text.nullable(),
  summary: Text,
  modifiedAt: z.iso.datetime().nullable(),
  publishedAt: z.iso.datetime().nullable(),
  knownExploited: z.boolean(),
  epss: z.number().nullable(),
  packages: z.array(z.object({ ecosystem: Text, packageName: Text })).max(250),
});
export type CveKnowledge = z.infer<typeof CveKnowledge>;

/** Keys of one installation, far above what anybody needs. */
export const bundleKeysMax = 100;

export const AddBundleKey = z.object({ name: z.string().trim().min(1).max(128), publicKey: z.string().max(2_000) });
export type AddBundleKey = z.infer<typeof AddBundleKey>;
export const RemoveBundleKey = z.object({ fingerprint: z.string().regex(/^[0-9a-f]{64}$/) });
export type RemoveBundleKey = z.infer<typeof RemoveBundleKey>;

/** A key whose bundles are trusted. */
export const BundleKey = z.object({
  fingerprint: Text,
  publicKey: Text,
  name: Text,
  /** The newest bundle of this key that was imported; 0 before the first. */
  sequence: z.int().nonnegative(),
  addedAt: z.iso.datetime(),
});
export type BundleKey = z.infer<typeof BundleKey>;

/** How an installation comes by its advisories: for those who operate it. */
export const IntelligenceSetup = z.object({
  locations: z.array(FeedLocationStatus).max(feedLocationsMax),
  keys: z.array(BundleKey).max(bundleKeysMax),
});
export type IntelligenceSetup = z.infer<typeof IntelligenceSetup>;

/** A source that nobody has looked at for so long may have become wrong. */
export const staleAfterDays = 7;
