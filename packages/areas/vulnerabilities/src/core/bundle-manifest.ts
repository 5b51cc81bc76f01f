import { z } from "zod";
import { FeedKind, feedFilesMax } from "../contract/intelligence.ts";

/** The name of the form; a later form that older Consoles cannot read gets another number. */
export const bundleForm = "rampart-intelligence/1";

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const BundledFeed = z.strictObject({
  file: z.string().min(1).max(512),
  kind: FeedKind,
  format: z.string().min(1).max(64),
  dataAsOf: z.string().max(40).nullable(),
  records: z.int().nonnegative(),
  /** Names the content independently of its order: two feeds with the same say the same. */
  content: Sha256,
  /** The content that a delta builds upon; null for a whole feed. */
  base: Sha256.nullable(),
  /** Where it lies in the bundle, with the hash of the bytes there; null for a feed that has not changed at all. */
  part: z
    .strictObject({ name: z.string().min(1).max(128), sha256: Sha256, sizeBytes: z.int().nonnegative() })
    .nullable(),
});
export type BundledFeed = z.infer<typeof BundledFeed>;

/** What a bundle holds. It is signed, and everything else in the bundle is named in it by hash. */
export const BundleManifest = z.strictObject({
  form: z.literal(bundleForm),
  origin: z.string().max(512),
  /** Grows from bundle to bundle of a key; an older one is not taken by mistake. */
  sequence: z.int().positive(),
  /** The sequence that the deltas build upon; null when every feed is whole. */
  baseSequence: z.int().positive().nullable(),
  createdAt: z.iso.datetime(),
  /** Fingerprint of the key that signed it. */
  key: Sha256,
  feeds: z.array(BundledFeed).min(1).max(feedFilesMax),
});
export type BundleManifest = z.infer<typeof BundleManifest>;

export const bundleNames = { manifest: "manifest.json", signature: "manifest.sig" } as const;
