import type { ByteChunks } from "./unpack.ts";

/** One file of a folder or archive that is a feed together with the others. */
export type Member = Readonly<{
  name: string;
  /** Its content, which can be asked for until the next member is taken. */
  bytes(): ByteChunks;
}>;
