import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import { BadFeed } from "../../core/bad-feed.ts";
import { feedLimits } from "./limits.ts";

type Line = Readonly<{ number: number; text: string }>;

/** Lines of a gzip file, streamed: memory holds one line and one chunk, however large the file is. */
export async function* readLines(path: string, file: string): AsyncGenerator<Line> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let number = 0;
  let unpackedBytes = 0;
  let pending: Buffer[] = [];
  let pendingBytes = 0;
  const take = (last: Buffer): Line => {
    number += 1;
    const bytes = pending.length === 0 ? last : Buffer.concat([...pending, last]);
    pending = [];
    pendingBytes = 0;
    return { number, text: decodeLine(decoder, bytes, file, number) };
  };
  for await (const chunk of chunksOf(path, file, () => number + 1)) {
    unpackedBytes += chunk.length;
    if (unpackedBytes > feedLimits.unpackedBytesMax) throw new BadFeed(file, number, "unpacks to more than is allowed");
    let start = 0;
    for (let end = chunk.indexOf(10, start); end >= 0; end = chunk.indexOf(10, start)) {
      yield take(chunk.subarray(start, end));
      start = end + 1;
    }
    pending.push(chunk.subarray(start));
    pendingBytes += chunk.length - start;
    if (pendingBytes > feedLimits.lineBytesMax) throw new BadFeed(file, number + 1, "is longer than a record may be");
  }
  if (pendingBytes > 0) yield take(Buffer.alloc(0));
}

/** Unpacked chunks; a damaged or cut file becomes a BadFeed that names how far it could be read. */
async function* chunksOf(path: string, file: string, line: () => number): AsyncGenerator<Buffer> {
  const source = createReadStream(path);
  const unpacked = createGunzip();
  source.on("error", (error) => unpacked.destroy(error));
  source.pipe(unpacked);
  try {
    yield* unpacked;
  } catch (error) {
    throw new BadFeed(
      file,
      line(),
      error instanceof Error ? `cannot be unpacked: ${error.message}` : "cannot be unpacked",
    );
  } finally {
    source.destroy();
    unpacked.destroy();
  }
}

function decodeLine(decoder: TextDecoder, bytes: Buffer, file: string, number: number): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw new BadFeed(file, number, "is not UTF-8 text");
  }
}
