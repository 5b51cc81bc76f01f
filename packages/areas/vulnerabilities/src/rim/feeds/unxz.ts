import { createRequire } from "node:module";
import { Readable } from "node:stream";
import type * as Xz from "xz-decompress";

// Its one file is written for `require`, and its types say otherwise.
const { XzReadableStream } = createRequire(import.meta.url)("xz-decompress") as typeof Xz;

/** Unpacks xz as it is read; a dictionary of more than 64 MiB, which only a bomb needs, is an error. */
export function unxz(source: Readable): Readable {
  // The two kinds of streams are the same objects under two names, one of the browser and one of Node.
  const packed = Readable.toWeb(source) as ConstructorParameters<typeof XzReadableStream>[0];
  return Readable.fromWeb(new XzReadableStream(packed) as Parameters<typeof Readable.fromWeb>[0]);
}
