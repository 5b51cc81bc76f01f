import { BadEntry, feedPieceLimits, type TextChunks } from "./feed-entry.ts";

/** A document that is one entry, held as a whole up to its limit. */
export async function wholeText(chunks: TextChunks): Promise<string> {
  const parts: string[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.length;
    if (length > feedPieceLimits.documentCharsMax) throw new BadEntry(null, "is longer than a document may be");
    parts.push(chunk);
  }
  return parts.join("");
}
