import type { Conversion, FeedEntry } from "./feed-entry.ts";
import { wholeText } from "./whole-text.ts";

/** One OSV record in a file of its own, as osv.dev, GitHub and the distributions publish them. */
export async function* readOsvDocument({ chunks }: Conversion): AsyncGenerator<FeedEntry> {
  yield { place: "document", text: await wholeText(chunks) };
}
