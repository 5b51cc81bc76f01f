import type { FoundPackage } from "../layers/layer-result.ts";
import { isWorthOwning } from "./owned-path.ts";

const tags = {
  name: 1000,
  version: 1001,
  release: 1002,
  epoch: 1003,
  license: 1014,
  architecture: 1022,
  sourceRpm: 1044,
  dirIndexes: 1116,
  baseNames: 1117,
  dirNames: 1118,
  modularityLabel: 5096,
} as const;
const entryBytes = 16;
/** A header of a package with a hundred thousand files has about forty entries; rpm itself stops at 64 Ki. */
const entriesMax = 65_536;
const filesMax = 1_000_000;
const nameLengthMax = 512;

/** rpm keeps the keys that it trusts as packages of this name. */
const publicKey = "gpg-pubkey";

type Entry = Readonly<{ offset: number; count: number }>;
export type RpmHeader = Readonly<{ found: FoundPackage; owned: readonly string[] }>;

/**
 * Reads one package header as rpm databases store it: two counts, an index of 16-byte entries, then the values.
 * Null for what is no installed software, such as the public keys that rpm keeps as packages.
 */
export function readRpmHeader(blob: Buffer): RpmHeader | null {
  const { store, entries } = openHeader(blob);
  const found = readPackage(store, entries);
  return found === null ? null : { found, owned: [...filesOf(store, entries, "utf8")].filter(isWorthOwning) };
}

/** Name of a package and every file of it, one letter a byte; null for what is no installed software. */
export function readRpmFiles(blob: Buffer): Readonly<{ name: string; files: Iterable<string> }> | null {
  const { store, entries } = openHeader(blob);
  const [name = ""] = readStrings(store, entries.get(tags.name), 1);
  return name === "" || name === publicKey ? null : { name, files: filesOf(store, entries, "latin1") };
}

type Header = Readonly<{ store: Buffer; entries: ReadonlyMap<number, Entry> }>;

function openHeader(blob: Buffer): Header {
  const entryCount = blob.readUInt32BE(0);
  if (entryCount > entriesMax) throw new RangeError("rpm header with too many entries");
  const store = blob.subarray(8 + entryCount * entryBytes);
  const entries = new Map<number, Entry>();
  for (let index = 0; index < entryCount; index += 1) {
    const at = 8 + index * entryBytes;
    entries.set(blob.readUInt32BE(at), { offset: blob.readUInt32BE(at + 8), count: blob.readUInt32BE(at + 12) });
  }
  return { store, entries };
}

function readPackage(store: Buffer, entries: ReadonlyMap<number, Entry>): FoundPackage | null {
  const text = (tag: number) => readStrings(store, entries.get(tag), 1)[0] ?? "";
  const name = text(tags.name);
  const version = text(tags.version);
  if (name === "" || version === "" || name === publicKey) return null;
  const epochEntry = entries.get(tags.epoch);
  const epoch = epochEntry === undefined ? 0 : store.readUInt32BE(epochEntry.offset);
  const fullVersion = `${epoch > 0 ? `${epoch}:` : ""}${version}-${text(tags.release)}`;
  const architecture = text(tags.architecture);
  const license = text(tags.license);
  return {
    name,
    version: fullVersion,
    kind: "os",
    ...readSource(text(tags.sourceRpm), name, `${version}-${text(tags.release)}`),
    ...(architecture !== "" && { architecture: architecture.slice(0, 64) }),
    ...readModule(text(tags.modularityLabel)),
    ...(license !== "" && { licenses: [license.slice(0, 256)] }),
  };
}

/** `openssl-3.0.7-16.el9_2.src.rpm`: name, version and release, parted by the last two hyphens. */
function readSource(sourceRpm: string, name: string, version: string): Partial<FoundPackage> {
  const match = /^(.+)-([^-]+-[^-]+)\.(?:no)?src\.rpm$/.exec(sourceRpm.slice(0, nameLengthMax));
  const sourceName = match?.[1] ?? name;
  const sourceVersion = match?.[2] ?? version;
  return { ...(sourceName !== name && { sourceName }), ...(sourceVersion !== version && { sourceVersion }) };
}

/** `nodejs:16:8060020220523160029:ad008a3a`: stream 16 of the module nodejs, whose fixes concern no other stream. */
function readModule(label: string): Partial<FoundPackage> {
  const [name, stream] = label.slice(0, nameLengthMax).split(":");
  return name === "" || name === undefined || !stream ? {} : { module: `${name}:${stream}`.slice(0, 256) };
}

function* filesOf(store: Buffer, entries: Header["entries"], encoding: BufferEncoding): Generator<string> {
  const baseNames = readStrings(store, entries.get(tags.baseNames), filesMax, encoding);
  const dirNames = readStrings(store, entries.get(tags.dirNames), filesMax, encoding);
  const indexes = entries.get(tags.dirIndexes);
  if (indexes === undefined) return;
  for (const [position, baseName] of baseNames.entries()) {
    const dirName = dirNames[store.readUInt32BE(indexes.offset + position * 4)] ?? "";
    yield `${dirName}${baseName}`.slice(1);
  }
}

function readStrings(
  store: Buffer,
  entry: Entry | undefined,
  countMax: number,
  encoding: BufferEncoding = "utf8",
): string[] {
  const values: string[] = [];
  if (entry === undefined) return values;
  let at = entry.offset;
  for (let index = 0; index < Math.min(entry.count, countMax); index += 1) {
    const end = store.indexOf(0, at);
    if (end === -1) throw new RangeError("rpm header with an unending string");
    values.push(store.toString(encoding, at, end));
    at = end + 1;
  }
  return values;
}
