import type { InventoryPackage, InventoryWarning, OsRelease } from "../contract.ts";

/** What a bill of materials is written about. */
export type SbomSubject = Readonly<{
  kind: "image" | "host" | "folder";
  name: string;
  /** Digest of an image's configuration; empty for what has none. */
  version: string;
  os: OsRelease | null;
  packages: readonly InventoryPackage[];
  warnings: readonly InventoryWarning[];
  /** Digests of the layers, base first. */
  layers: readonly string[];
}>;

/** Who writes it and when. The identifier makes the document unlike any other. */
export type SbomOrigin = Readonly<{ id: string; createdAt: Date; version: string }>;
