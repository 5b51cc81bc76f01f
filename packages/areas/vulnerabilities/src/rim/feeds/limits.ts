/** Bounds of an import. Each is far above the largest public feed and far below what would hurt the machine. */
export const feedLimits = {
  /** Feeds of one folder. */
  filesMax: 500,
  /** Files of a folder or archive that are one feed together, and folders inside folders. */
  documentsMax: 2_000_000,
  folderDepthMax: 12,
  /** One packed file. */
  packedBytesMax: 4 * 1024 ** 3,
  /** One unpacked feed: stops a gzip bomb. */
  unpackedBytesMax: 64 * 1024 ** 3,
  /** One file of a tar archive, which is held as a whole: as long as a document may be. */
  memberBytesMax: 128 * 1024 ** 2,
  /** The directory of a zip archive. */
  directoryBytesMax: 512 * 1024 ** 2,
  /** One line, which is one record. */
  lineBytesMax: 16 * 1024 ** 2,
  /** One download, from the request to its last byte. */
  downloadMs: 15 * 60_000,
  /** The list of files at an address. */
  listBytesMax: 1024 ** 2,
} as const;
