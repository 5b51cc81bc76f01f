import { z } from "zod";
import { InventoryPackage, InventorySecret, InventoryWarning, isCleanText, PackageKind } from "../contract.ts";
import { defaultLimits, inventoryLimits } from "../limits.ts";

const part = InventoryPackage.shape;

/** A package as one file tells of it, before it is known which distribution and layer it belongs to. */
export const FoundPackage = z.strictObject({
  name: part.name,
  version: part.version,
  kind: PackageKind,
  sourceName: part.sourceName,
  sourceVersion: part.sourceVersion,
  architecture: z.string().max(64).optional(),
  /** Module and stream that an RPM package was built for, as `nodejs:16`. */
  module: z.string().max(256).optional(),
  licenses: part.licenses,
  /** Registry of a package whose kind has none of its own. */
  registry: z.literal("Bitnami").optional(),
  /** Path inside the file, for a jar within a jar. */
  innerPath: part.path,
});
export type FoundPackage = z.infer<typeof FoundPackage>;

/** A secret as one file tells of it. */
export const FoundSecret = InventorySecret.pick({ kind: true, hint: true, line: true });
export type FoundSecret = z.infer<typeof FoundSecret>;

const OwnedPaths = z.array(z.string().max(4096)).max(defaultLimits.recordsMax);

/** What a reader made of a file. */
export const FileContent = z.discriminatedUnion("is", [
  z.strictObject({
    is: z.literal("os-release"),
    id: z.string().max(64),
    versionId: z.string().max(64),
    name: z.string().max(256),
    codename: z.string().max(64).optional(),
  }),
  z.strictObject({
    is: z.literal("os-packages"),
    format: z.enum(["deb", "apk", "rpm"]),
    packages: z.array(FoundPackage).max(inventoryLimits.packagesMax),
    /** Files of these packages that tell of packages themselves. */
    owned: OwnedPaths,
  }),
  z.strictObject({ is: z.literal("owned"), owned: OwnedPaths }),
  z.strictObject({ is: z.literal("secrets"), secrets: z.array(FoundSecret).max(inventoryLimits.secretsMax) }),
  z.strictObject({ is: z.literal("packages"), packages: z.array(FoundPackage).max(inventoryLimits.packagesMax) }),
]);
export type FileContent = z.infer<typeof FileContent>;
export type OsReleaseContent = Extract<FileContent, { is: "os-release" }>;
export type OsPackagesContent = Extract<FileContent, { is: "os-packages" }>;

/** Linux refuses longer paths. */
export const pathLengthMax = 4096;
const Path = z.string().max(pathLengthMax);

/** One interesting file: what was read of it, and what kept a reader from reading all of it. */
export const FileRecord = z.strictObject({
  path: Path,
  content: FileContent.nullable(),
  problem: InventoryWarning.omit({ layer: true }).optional(),
});
export type FileRecord = z.infer<typeof FileRecord>;

/** The interesting part of one layer or folder. */
export const LayerContent = z.strictObject({
  records: z.array(FileRecord).max(defaultLimits.recordsMax),
  /** Paths that the layer deletes from the layers below it. */
  whiteouts: z.array(Path).max(defaultLimits.recordsMax),
  /** Folders of which the layer hides everything below it. */
  opaqueFolders: z.array(Path).max(defaultLimits.recordsMax),
  /** Files that may have been programs and told nothing: what an earlier layer's file of that path told is gone. */
  silentFiles: z.array(Path).max(defaultLimits.recordsMax),
  /** Symbolic links: where one stands, an earlier layer's folder cannot be seen any more. */
  links: z.array(Path).max(defaultLimits.linksMax),
  warnings: z.array(InventoryWarning).max(inventoryLimits.warningsMax),
});
export type LayerContent = z.infer<typeof LayerContent>;

/** Raised when a reader learns more, so that results of the former readers are not taken from a cache. */
export const layerResultRevision = 2;

/** All that is kept of a layer. JSON, so that it can be cached by its digest. */
export const LayerResult = z.strictObject({
  revision: z.literal(layerResultRevision),
  diffId: z.string().regex(/^sha256:[0-9a-f]{64}$/),
  sizeBytes: z.int().nonnegative(),
  content: LayerContent,
});
export type LayerResult = z.infer<typeof LayerResult>;

/** Drops what no inventory could carry; says how many were dropped. */
export function keepFitting(packages: readonly FoundPackage[]): { packages: FoundPackage[]; dropped: number } {
  const fitting = packages.filter(fits).slice(0, inventoryLimits.packagesMax);
  return { packages: fitting, dropped: packages.length - fitting.length };
}

function fits(found: FoundPackage): boolean {
  return (
    isBetween(found.name, inventoryLimits.nameLengthMax) &&
    isBetween(found.version, inventoryLimits.versionLengthMax) &&
    (found.sourceName === undefined || isBetween(found.sourceName, inventoryLimits.nameLengthMax)) &&
    (found.sourceVersion === undefined || isBetween(found.sourceVersion, inventoryLimits.versionLengthMax))
  );
}

function isBetween(text: string, lengthMax: number): boolean {
  return text.length > 0 && text.length <= lengthMax && isCleanText(text);
}
