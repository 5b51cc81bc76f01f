import { BadEntry, type FeedEntry } from "../../core/feeds/feed-entry.ts";
import { feedLimits } from "./limits.ts";
import type { ByteChunks } from "./unpack.ts";

/** Lines as entries, streamed: memory holds one line and one chunk, however large the text is. */
export async function* readLines(chunks: ByteChunks): AsyncGenerator<FeedEntry> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let number = 0;
  let pending: Buffer[] = [];
  let pendingBytes = 0;
  const take = (last: Buffer): FeedEntry => {
    number += 1;
    const bytes = pending.length === 0 ? last : Buffer.concat([...pending, last]);
    pending = [];
    pendingBytes = 0;
    const place = `line ${number}`;
    return { place, text: decodeLine(decoder, bytes, place) };
  };
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(10, start); end >= 0; end = chunk.indexOf(10, start)) {
      yield take(chunk.subarray(start, end));
      start = end + 1;
    }
    pending.push(chunk.subarray(start));
    pendingBytes += chunk.length - start;
    if (pendingBytes > feedLimits.lineBytesMax) {
      throw new BadEntry(`line ${number + 1}`, "is longer than a record may be");
    }
  }
  if (pendingBytes > 0) yield take(Buffer.alloc(0));
}

function decodeLine(decoder: TextDecoder, bytes: Buffer, place: string): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw new BadEntry(place, "is not UTF-8 text");
  }
}
