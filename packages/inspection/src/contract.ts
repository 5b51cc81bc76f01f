import { z } from "zod";
import { inventoryLimits as max } from "./limits.ts";

/** What a package is made for. `os` packages come from the distribution, the others from a language's registry. */
export const packageKinds = [
  "os",
  "nodejs",
  "python",
  "jar",
  "go",
  "gem",
  "rust",
  "php",
  "nuget",
  "binary",
] as const;
export const PackageKind = z.enum(packageKinds);
export type PackageKind = z.infer<typeof PackageKind>;

/** One package of an image or host. */
export const InventoryPackage = z.strictObject({
  name: z.string().min(1).max(max.nameLengthMax),
  version: z.string().min(1).max(max.versionLengthMax),
  kind: PackageKind,
  /** As OSV names it: `Debian:12`, `Alpine:v3.18`, `npm`. `Unsupported:gentoo` where no advisories exist. */
  ecosystem: z.string().min(1).max(max.ecosystemLengthMax),
  /** The source package, which is what Debian, Ubuntu and Alpine advisories name. Absent when it is `name`. */
  sourceName: z.string().min(1).max(max.nameLengthMax).optional(),
  /** Absent when it is `version`. */
  sourceVersion: z.string().min(1).max(max.versionLengthMax).optional(),
  purl: z.string().max(max.purlLengthMax),
  /** File that told of the package, relative to the root. Absent for OS packages. */
  path: z.string().max(max.pathLengthMax).optional(),
  /** Index into `layers` of the layer that brought it. Absent for hosts and folders. */
  layer: z.int().nonnegative().max(max.layersMax).optional(),
  licenses: z.array(z.string().max(max.licenseLengthMax)).max(max.licensesMax).optional(),
  /** The file belongs to an OS package, whose advisories are the right ones: do not match this package itself. */
  ownedByOs: z.boolean().optional(),
});
export type InventoryPackage = z.infer<typeof InventoryPackage>;

/** The distribution, as its os-release says. */
export const OsRelease = z.strictObject({
  id: z.string().max(64),
  versionId: z.string().max(64),
  name: z.string().max(256),
  /** OSV ecosystem of its packages; null when we have no advisories for it, which is not the same as clean. */
  ecosystem: z.string().max(max.ecosystemLengthMax).nullable(),
  codename: z.string().max(64).optional(),
});
export type OsRelease = z.infer<typeof OsRelease>;

const Digest = z.string().regex(/^sha256:[0-9a-f]{64}$/);

/** One layer of an image, base first. */
export const LayerFacts = z.strictObject({
  /** Digest of the blob as the image names it; of its uncompressed form where the image names no other. */
  digest: Digest,
  diffId: Digest.optional(),
  /** Uncompressed. */
  sizeBytes: z.int().nonnegative(),
  /** The instruction that made it, from the image's history. */
  createdBy: z.string().max(max.createdByLengthMax).optional(),
  packageCount: z.int().nonnegative(),
});
export type LayerFacts = z.infer<typeof LayerFacts>;

/** Whatever went wrong such that packages may be missing: an inventory with one of these is never "clean". */
export const incompleteCodes = [
  "layer-damaged",
  "layer-missing",
  "layer-over-limit",
  "layer-digest-mismatch",
  "layer-encrypted",
  "entries-over-limit",
  "records-over-limit",
  "file-over-limit",
  "file-unreadable",
  "folder-unreadable",
  "link-unresolved",
  "packages-over-limit",
  "os-unsupported",
  "os-unknown",
] as const;
const noticeCodes = ["entry-outside-root", "link-outside-root", "links-over-limit", "package-skipped"] as const;
export const warningCodes = [...incompleteCodes, ...noticeCodes] as const;
export type WarningCode = (typeof warningCodes)[number];

/** Something a reader of the inventory must know. */
export const InventoryWarning = z.strictObject({
  /** One of `warningCodes`; open, so that an older reader accepts a newer Defender. */
  code: z.string().regex(/^[a-z][a-z-]{0,63}$/),
  message: z.string().max(max.messageLengthMax),
  layer: z.int().nonnegative().max(max.layersMax).optional(),
});
export type InventoryWarning = z.infer<typeof InventoryWarning>;

/** Which packages are in an image or on a host. */
export const Inventory = z.strictObject({
  os: OsRelease.nullable(),
  packages: z.array(InventoryPackage).max(max.packagesMax),
  layers: z.array(LayerFacts).max(max.layersMax),
  warnings: z.array(InventoryWarning).max(max.warningsMax),
});
export type Inventory = z.infer<typeof Inventory>;

/** What an archive or layout says about the image itself. */
export const ImageFacts = z.strictObject({
  /** Digest of the configuration, which is what engines call the image id. */
  imageId: Digest,
  repoTags: z.array(z.string().max(512)).max(256),
  architecture: z.string().max(64),
  os: z.string().max(64),
  createdAt: z.string().max(64).optional(),
  labels: z.record(z.string().max(512), z.string().max(4096)),
});
export type ImageFacts = z.infer<typeof ImageFacts>;

/** Result of an inspection: `image` is null for a host or root folder. */
export const Inspection = z.strictObject({ image: ImageFacts.nullable(), inventory: Inventory });
export type Inspection = z.infer<typeof Inspection>;

const unsupportedPrefix = "Unsupported:";

/** Ecosystem of the OS packages of a distribution that no advisories cover. */
export function unsupportedEcosystem(osId: string): string {
  return `${unsupportedPrefix}${osId === "" ? "unknown" : osId.slice(0, 64)}`;
}

export function isSupportedEcosystem(ecosystem: string): boolean {
  return !ecosystem.startsWith(unsupportedPrefix);
}

/** True when packages may be missing or cannot be judged, so that no findings does not mean no flaws. */
export function isIncomplete(inventory: Pick<Inventory, "warnings">): boolean {
  const codes: readonly string[] = incompleteCodes;
  return inventory.warnings.some((warning) => codes.includes(warning.code));
}
