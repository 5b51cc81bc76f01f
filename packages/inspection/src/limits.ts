const kib = 1024;
const mib = 1024 * kib;
const gib = 1024 * mib;

/** Bounds of what an inventory may say. They hold on the wire, in the cache and in the database. */
export const inventoryLimits = {
  packagesMax: 50_000,
  layersMax: 512,
  warningsMax: 200,
  nameLengthMax: 512,
  versionLengthMax: 256,
  ecosystemLengthMax: 128,
  purlLengthMax: 2048,
  pathLengthMax: 1024,
  licensesMax: 16,
  licenseLengthMax: 256,
  createdByLengthMax: 1024,
  messageLengthMax: 512,
  secretsMax: 500,
  hintLengthMax: 128,
} as const;

/** Bounds of one inspection. A test or an operator may lower them; nothing raises itself beyond them. */
export type InspectionLimits = Readonly<{
  /** Decompressed bytes of one layer. The largest public images have layers of 20 GiB. */
  layerBytesMax: number;
  /** Decompressed bytes that any layer may have, however well it compresses: a disk image full of zeros is honest. */
  ratioFreeBytes: number;
  /** Beyond `ratioFreeBytes`, more bytes out per byte in than this is a bomb. Deflate ends at 1,032; text is below 20. */
  ratioMax: number;
  /** Entries of one layer or files of one root folder. A full desktop system has about a million. */
  entriesMax: number;
  /** Entries of an image archive around its layers. */
  archiveEntriesMax: number;
  /** Manifest, index or configuration of an image. */
  documentBytesMax: number;
  /** Long names and extended attributes of one tar entry. */
  headerBytesMax: number;
  /** A package database (dpkg status, apk installed, rpm). The largest seen is 190 MiB. */
  databaseBytesMax: number;
  /** One manifest of a language package (package.json, METADATA, pom.properties). */
  manifestBytesMax: number;
  /** One file of settings that may hold keys or logins. What is larger is data, and not looked into. */
  settingsBytesMax: number;
  /** What is kept at a time of a program: mostly what its linker wrote after all that is loaded. */
  programPartBytesMax: number;
  /** One lock file of a repository. The largest of public projects have about 5 MiB. */
  lockfileBytesMax: number;
  /** One jar, war or ear; also what may be unpacked from it at a time. */
  jarBytesMax: number;
  /** All that is unpacked from one jar, one after the other. */
  jarUnpackedBytesMax: number;
  jarEntriesMax: number;
  jarDepthMax: number;
  /** The archive of a serverless function, which is read whole. Providers take at most 500 MB. */
  bundleBytesMax: number;
  /** All that is unpacked from one function and its layers. */
  bundleUnpackedBytesMax: number;
  bundleEntriesMax: number;
  /** Files of one layer that readers keep something of. */
  recordsMax: number;
  /** Symbolic links of one layer that are remembered, because one may hide a folder of an earlier layer. */
  linksMax: number;
  /** Folders inside folders of a root folder. */
  folderDepthMax: number;
}>;

export const defaultLimits: InspectionLimits = {
  layerBytesMax: 64 * gib,
  ratioFreeBytes: 4 * gib,
  ratioMax: 100,
  entriesMax: 5_000_000,
  archiveEntriesMax: 10_000,
  documentBytesMax: 8 * mib,
  headerBytesMax: 1 * mib,
  databaseBytesMax: 192 * mib,
  manifestBytesMax: 2 * mib,
  lockfileBytesMax: 16 * mib,
  settingsBytesMax: 256 * kib,
  programPartBytesMax: 32 * mib,
  jarBytesMax: 192 * mib,
  jarUnpackedBytesMax: 1 * gib,
  jarEntriesMax: 200_000,
  jarDepthMax: 4,
  bundleBytesMax: 512 * mib,
  bundleUnpackedBytesMax: 2 * gib,
  bundleEntriesMax: 500_000,
  recordsMax: 200_000,
  linksMax: 200_000,
  folderDepthMax: 64,
};
