import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { BadFeed } from "../../core/bad-feed.ts";
import { BadEntry, type FeedEntry } from "../../core/feeds/feed-entry.ts";
import { feedFormats, headChars, recognise, type FeedFormat } from "../../core/feeds/feed-format.ts";
import type { FeedFile } from "../../ports.ts";
import { formatByName } from "./feed-kind.ts";
import type { FoundFile } from "./list-files.ts";
import type { Member } from "./member.ts";
import { readLines } from "./read-lines.ts";
import { tarMembers } from "./tar-file.ts";
import { headOf, toText, unpack, type ByteChunks } from "./unpack.ts";
import { zipMembers } from "./zip-file.ts";

/** Files as feeds: most are one each; documents of one format below one folder are one feed together. */
export async function toFeeds(found: readonly FoundFile[], origin: string): Promise<readonly FeedFile[]> {
  const feeds: FeedFile[] = [];
  const groups = new Map<string, { format: FeedFormat; files: FoundFile[] }>();
  for (const file of found) {
    const archive = archiveOf(file);
    const format = archive === null ? await formatOf(file) : await formatOfMembers(archive);
    if (format === null) continue;
    if (archive !== null) feeds.push(await toFeed([file], { file: file.name, format, origin, members: archive }));
    else if (!feedFormats[format].isDocument || found.length === 1) feeds.push(await singleFeed(file, format, origin));
    else {
      const name = [...file.name.split("/").slice(0, -1).slice(0, 1), format].join("/");
      const group = groups.get(name) ?? { format, files: [] };
      groups.set(name, group);
      group.files.push(file);
    }
  }
  for (const [file, { format, files }] of groups) {
    feeds.push(await toFeed(files, { file, format, origin, members: () => membersOf(files) }));
  }
  return feeds;
}

type Members = () => AsyncIterable<Member>;

function archiveOf({ name, path }: FoundFile): Members | null {
  if (name.endsWith(".zip")) return () => zipMembers(path);
  return /\.(?:tar(?:\.(?:gz|zst|xz))?|tgz)$/.test(name) ? () => tarMembers(path) : null;
}

async function* membersOf(files: readonly FoundFile[]): AsyncGenerator<Member> {
  for (const { name, path } of files) yield { name, bytes: () => unpack(path) };
}

async function formatOf({ path, name }: FoundFile): Promise<FeedFormat | null> {
  try {
    const format = recognise(await headOf(unpack(path), headChars));
    if (format !== null) return asDocument(format, name);
    return formatByName(name);
  } catch (error) {
    if (!(error instanceof BadEntry)) throw error;
    // A damaged feed has to be refused by name; passed over, it would go unnoticed. Reading it will say what is wrong.
    return formatByName(name) ?? "osv-document";
  }
}

/** A record in a file of its own may stand on one line. */
function asDocument(format: FeedFormat, name: string): FeedFormat {
  return format === "osv-lines" && /\.json(?:\.(?:gz|zst|xz))?$/.test(name) ? "osv-document" : format;
}

/** The first member that is of a known format speaks for its archive. */
async function formatOfMembers(members: Members): Promise<FeedFormat | null> {
  try {
    for await (const { name, bytes } of members()) {
      const format = recognise(await headOf(bytes(), headChars));
      if (format !== null) return asDocument(format, name);
    }
    return null;
  } catch (error) {
    if (error instanceof BadEntry) return "osv-document"; // reading it will say what is wrong
    throw error;
  }
}

type Described = Readonly<{ file: string; format: FeedFormat; origin: string }>;

async function singleFeed(found: FoundFile, format: FeedFormat, origin: string): Promise<FeedFile> {
  const asOf = found.modifiedAt.toISOString();
  const described = { file: found.name, format, origin };
  return {
    ...(await describe([found], described)),
    entries: () => named(found.name, entriesOf(unpack(found.path), format, asOf)),
  };
}

async function toFeed(
  files: readonly FoundFile[],
  { members, ...described }: Described & Readonly<{ members: Members }>,
): Promise<FeedFile> {
  const asOf = new Date(Math.max(...files.map(({ modifiedAt }) => modifiedAt.getTime()))).toISOString();
  const { file, format } = described;
  return { ...(await describe(files, described)), entries: () => named(file, entriesOfMembers(members, format, asOf)) };
}

async function describe(files: readonly FoundFile[], { file, format, origin }: Described) {
  const sizeBytes = files.reduce((sum, { sizeBytes: bytes }) => sum + bytes, 0);
  return { file, format, kind: feedFormats[format].kind, origin, sizeBytes, sha256: await hashOf(files) };
}

/** The content of one file; of several, their names too. */
async function hashOf(files: readonly FoundFile[]): Promise<string> {
  const hash = createHash("sha256");
  for (const { path, name, sizeBytes } of files) {
    if (files.length > 1) hash.update(`${name}\u0000${sizeBytes}\u0000`);
    for await (const chunk of createReadStream(path)) hash.update(chunk);
  }
  return hash.digest("hex");
}

function entriesOf(bytes: ByteChunks, format: FeedFormat, asOf: string): AsyncIterable<FeedEntry> {
  const { read } = feedFormats[format];
  return read === null ? readLines(bytes) : read({ chunks: toText(bytes), asOf });
}

/** Each member has to be of the format, but for those that are no feed at all, such as a licence. */
async function* entriesOfMembers(members: Members, format: FeedFormat, asOf: string): AsyncGenerator<FeedEntry> {
  let count = 0;
  for await (const { name, bytes } of members()) {
    if (!/\.jsonl?(?:\.gz)?$|\.xml$/.test(name)) continue;
    count += 1;
    try {
      for await (const entry of entriesOf(bytes(), format, asOf)) yield { ...entry, place: `${name}, ${entry.place}` };
    } catch (error) {
      throw error instanceof BadEntry ? new BadEntry(placeIn(name, error.place), error.message) : error;
    }
  }
  if (count === 0) throw new BadEntry(null, "holds no document");
}

function placeIn(member: string, place: string | null): string {
  return place === null || place === member ? member : `${member}, ${place}`;
}

/** Whatever cannot be read becomes a BadFeed with the name of the file. */
async function* named(file: string, entries: AsyncIterable<FeedEntry>): AsyncGenerator<FeedEntry> {
  try {
    yield* entries;
  } catch (error) {
    throw error instanceof BadEntry ? new BadFeed(file, error.place, error.message) : error;
  }
}
