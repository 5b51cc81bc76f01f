import type { CveEntry } from "../read-cve-entry.ts";

/** Pieces of an unpacked text, of any size: how every parser receives its feed. */
export type TextChunks = AsyncIterable<string>;

/**
 * One entry of a feed with the place where it stands. What is already in the form of import stays text, so that whoever
 * wants only some of it can look before parsing; converted formats give an OSV record or a line of a side table.
 */
export type FeedEntry = Readonly<{ place: string }> &
  (
    | Readonly<{ text: string }>
    | Readonly<{ record: unknown }>
    | Readonly<{ cve: CveEntry }>
    /** In a delta: the record or CVE of this id is there no longer. */
    | Readonly<{ removed: string }>
  );

/** A place in a feed that cannot be read, as a sentence. Whoever knows the file's name adds it. */
export class BadEntry extends Error {
  override readonly name = "BadEntry";
  readonly place: string | null;

  constructor(place: string | null, reason: string) {
    super(reason);
    this.place = place;
  }
}

/** What a converter knows besides the text. */
export type Conversion = Readonly<{
  chunks: TextChunks;
  /** When the file was published, for formats whose records carry no date. */
  asOf: string;
}>;

/** Reads one text of a format from its beginning to its end; throws a BadEntry where it cannot go on. */
export type FeedReader = (conversion: Conversion) => AsyncIterable<FeedEntry>;

/** Bounds of what a parser holds at once, far above the largest entries published. */
export const feedPieceLimits = {
  /** One element of a list or of an XML text. */
  charsMax: 16 * 1024 ** 2,
  /** One document of its own, such as the CSAF text about a flaw of the kernel. */
  documentCharsMax: 128 * 1024 ** 2,
  /** Brackets inside brackets. */
  depthMax: 200,
} as const;
