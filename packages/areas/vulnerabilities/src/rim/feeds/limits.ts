/** Bounds of an import. Each is far above the largest public feed and far below what would hurt the machine. */
export const feedLimits = {
  /** Files of one folder. */
  filesMax: 500,
  /** One packed file. */
  packedBytesMax: 1024 ** 3,
  /** One unpacked file: stops a gzip bomb. */
  unpackedBytesMax: 8 * 1024 ** 3,
  /** One line, which is one record. */
  lineBytesMax: 16 * 1024 ** 2,
  /** One download, from the request to its last byte. */
  downloadMs: 15 * 60_000,
  /** The list of files at an address. */
  listBytesMax: 1024 ** 2,
} as const;
