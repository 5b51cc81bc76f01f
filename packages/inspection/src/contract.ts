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
  "hex",
  "pub",
  "swift",
  "conan",
  "cran",
  "binary",
] as const;
export const PackageKind = z.enum(packageKinds);
export type PackageKind = z.infer<typeof PackageKind>;

/** Text that a database and a terminal can take: no control characters, no half characters. */
export function isCleanText(text: string): boolean {
  return text.isWellFormed() && !/[\u0000-\u001f\u007f]/.test(text);
}
const Text = (lengthMax: number) => z.string().max(lengthMax).refine(isCleanText, "has control characters");

/** One package of an image or host. */
export const InventoryPackage = z.strictObject({
  name: Text(max.nameLengthMax).min(1),
  version: Text(max.versionLengthMax).min(1),
  kind: PackageKind,
  /** As OSV names it: `Debian:12`, `Alpine:v3.18`, `npm`. `Unsupported:gentoo` where no advisories exist. */
  ecosystem: Text(max.ecosystemLengthMax).min(1),
  /** The source package, which is what Debian, Ubuntu and Alpine advisories name. Absent when it is `name`. */
  sourceName: Text(max.nameLengthMax).min(1).optional(),
  /** Absent when it is `version`. */
  sourceVersion: Text(max.versionLengthMax).min(1).optional(),
  purl: Text(max.purlLengthMax),
  /** File that told of the package, relative to the root. Absent for OS packages. */
  path: Text(max.pathLengthMax).optional(),
  /** Index into `layers` of the layer that brought it. Absent for hosts and folders. */
  layer: z.int().nonnegative().max(max.layersMax).optional(),
  licenses: z.array(Text(max.licenseLengthMax)).max(max.licensesMax).optional(),
  /** The file belongs to an OS package, whose advisories are the right ones: do not match this package itself. */
  ownedByOs: z.boolean().optional(),
});
export type InventoryPackage = z.infer<typeof InventoryPackage>;

/** The distribution, as its os-release says. */
export const OsRelease = z.strictObject({
  id: Text(64),
  versionId: Text(64),
  name: Text(256),
  /** OSV ecosystem of its packages; null when we have no advisories for it, which is not the same as clean. */
  ecosystem: Text(max.ecosystemLengthMax).nullable(),
  codename: Text(64).optional(),
});
export type OsRelease = z.infer<typeof OsRelease>;

export const secretKinds = [
  "private-key",
  "aws-key",
  "github-token",
  "gitlab-token",
  "slack-token",
  "google-key",
  "stripe-key",
  "sendgrid-key",
  "vault-token",
  "registry-login",
  "kubernetes-login",
  "login",
] as const;
export const SecretKind = z.enum(secretKinds);
export type SecretKind = z.infer<typeof SecretKind>;

/** A key, token or login that lies in an image. Whoever has the image has it; it is never repeated here. */
export const InventorySecret = z.strictObject({
  kind: SecretKind,
  path: Text(max.pathLengthMax).min(1),
  line: z.int().positive(),
  /** What it opens or which form it has. */
  hint: Text(max.hintLengthMax),
  /** Index into `layers` of the layer that brought it. Absent for hosts and folders. */
  layer: z.int().nonnegative().max(max.layersMax).optional(),
  /** A later layer deletes or replaces the file: no container sees it, but everybody who pulls the image has it. */
  isHidden: z.boolean().optional(),
});
export type InventorySecret = z.infer<typeof InventorySecret>;

const Digest = z.string().regex(/^sha256:[0-9a-f]{64}$/);

/** One layer of an image, base first. */
export const LayerFacts = z.strictObject({
  /** Digest of the blob as the image names it; of its uncompressed form where the image names no other. */
  digest: Digest,
  diffId: Digest.optional(),
  /** Uncompressed. */
  sizeBytes: z.int().nonnegative(),
  /** The instruction that made it, from the image's history. */
  createdBy: Text(max.createdByLengthMax).optional(),
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
  /** Parts of a bill of materials: an entry that cannot be read, one that nobody can judge, the writer's own word. */
  "component-unreadable",
  "component-unknown",
  "document-incomplete",
] as const;
const noticeCodes = ["entry-outside-root", "link-outside-root", "links-over-limit", "package-skipped"] as const;
export const warningCodes = [...incompleteCodes, ...noticeCodes] as const;
export type WarningCode = (typeof warningCodes)[number];

/** Something a reader of the inventory must know. */
export const InventoryWarning = z.strictObject({
  /** One of `warningCodes`; open, so that an older reader accepts a newer Defender. */
  code: z.string().regex(/^[a-z][a-z-]{0,63}$/),
  message: Text(max.messageLengthMax),
  layer: z.int().nonnegative().max(max.layersMax).optional(),
});
export type InventoryWarning = z.infer<typeof InventoryWarning>;

/** Which packages are in an image or on a host. */
export const Inventory = z.strictObject({
  os: OsRelease.nullable(),
  packages: z.array(InventoryPackage).max(max.packagesMax),
  layers: z.array(LayerFacts).max(max.layersMax),
  warnings: z.array(InventoryWarning).max(max.warningsMax),
  /** Absent when there are none. */
  secrets: z.array(InventorySecret).max(max.secretsMax).optional(),
});
export type Inventory = z.infer<typeof Inventory>;

/** What an archive or layout says about the image itself. */
export const ImageFacts = z.strictObject({
  /** Digest of the configuration, which is what engines call the image id. */
  imageId: Digest,
  repoTags: z.array(Text(512)).max(256),
  architecture: z.string().max(64),
  os: z.string().max(64),
  createdAt: z.string().max(64).optional(),
  labels: z.record(z.string().max(512), z.string().max(4096)),
});
export type ImageFacts = z.infer<typeof ImageFacts>;

/** Result of an inspection: `image` is null for a host, a root folder, or when all layers were known already. */
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
export function isIncomplete(inventory: Readonly<{ warnings: readonly Pick<InventoryWarning, "code">[] }>): boolean {
  const codes: readonly string[] = incompleteCodes;
  return inventory.warnings.some((warning) => codes.includes(warning.code));
}

export { endOfLifeOf, type EndOfLife } from "./end-of-life.ts";
