import type { InventoryPackage } from "@rampart/inspection/contract";
import { Refusal } from "@rampart/kernel";
import type { CveFacts, Knowledge } from "../../core/advisory.ts";
import { BadFeed } from "../../core/bad-feed.ts";
import { beginningOf } from "../../core/ecosystem-key.ts";
import type { FeedEntry } from "../../core/feeds/feed-entry.ts";
import { comparedAs, keyText, packageKeyOf, type PackageKey } from "../../core/package-key.ts";
import { readRecord } from "../../core/read-record.ts";
import { starterRecords, starterSource } from "../../core/starter.data.ts";
import type { FeedFile } from "../../ports.ts";
import { openFeeds } from "../feeds/open-feeds.ts";
import { readCveFacts, starterFacts } from "./read-cve-facts.ts";

/** The advisories of a folder about some packages, in memory: for scans without a database. */
export type AdvisoryIndex = Readonly<{
  lookUp(key: PackageKey): readonly Knowledge[];
  /** Whether the folder has any advisory about an ecosystem of the packages; the built-in set says of itself how small it is. */
  covers(ecosystem: string): boolean;
  /** Scores, exploitation and likelihood of these CVEs. */
  listFacts(cves: ReadonlySet<string>): Promise<ReadonlyMap<string, CveFacts>>;
  /** Feed files that were read; the name of the built-in set when there was no folder. */
  sources: readonly string[];
  isStarter: boolean;
}>;

/** What concerns the packages, by package, and the ecosystems of all records that were looked at. */
type Index = Readonly<{ byPackage: Map<string, Knowledge[]>; ecosystems: Set<string> }>;

/**
 * Reads a folder of feed files and keeps what concerns the packages. Without a folder the built-in set answers. A file
 * that cannot be read ends it: half of the advisories would look like a clean result.
 */
export async function loadAdvisoryIndex(
  folder: string | null,
  packages: readonly InventoryPackage[],
): Promise<AdvisoryIndex> {
  const wanted = new Map(packages.map(comparedAs).map((key) => [keyText(key), key]));
  const index: Index = { byPackage: new Map(), ecosystems: new Set() };
  if (folder === null) {
    for (const record of starterRecords) keep(record, starterSource, wanted, index);
    return {
      ...indexOf(index),
      covers: () => true,
      listFacts: async (cves) => starterFacts(cves),
      sources: [starterSource],
      isStarter: true,
    };
  }
  const { files, close } = await openFeeds(folder);
  try {
    for (const feed of files) if (feed.kind === "osv") await readFeed(feed, wanted, index);
  } catch (error) {
    throw asRefusal(error);
  } finally {
    await close();
  }
  const sideTables = files.filter(({ kind }) => kind !== "osv");
  return {
    ...indexOf(index),
    listFacts: (cves) => readCveFacts(sideTables, cves).catch((error: unknown) => Promise.reject(asRefusal(error))),
    sources: files.map(({ file }) => file),
    isStarter: false,
  };
}

function indexOf({ byPackage, ecosystems }: Index): Pick<AdvisoryIndex, "lookUp" | "covers"> {
  return { lookUp: (key) => byPackage.get(keyText(key)) ?? [], covers: (ecosystem) => ecosystems.has(ecosystem) };
}

function asRefusal(error: unknown): unknown {
  return error instanceof BadFeed ? new Refusal("invalid", "vulnerabilities.feeds.unreadable", error.message) : error;
}

async function readFeed(feed: FeedFile, wanted: ReadonlyMap<string, PackageKey>, index: Index): Promise<void> {
  const ecosystems = [...new Set([...wanted.values()].map(({ ecosystem }) => beginningOf(ecosystem)))];
  for await (const entry of feed.entries()) {
    // Most records are about other ecosystems; looking for the name is much cheaper than parsing them.
    if ("text" in entry && (entry.text.trim() === "" || !ecosystems.some((name) => entry.text.includes(`"${name}`))))
      continue;
    try {
      const record = recordOf(entry);
      if (isAbout(record, wanted, index)) keep(record, feed.file, wanted, index);
    } catch (error) {
      throw new BadFeed(feed.file, entry.place, error instanceof Error ? error.message : "cannot be read");
    }
  }
}

function recordOf(entry: FeedEntry): unknown {
  if ("text" in entry) return JSON.parse(entry.text);
  return "record" in entry ? entry.record : null;
}

type Loose = Readonly<{
  affected?: readonly Readonly<{ package?: Readonly<{ ecosystem?: unknown; name?: unknown }> }>[];
}>;

/** A look at the names before the full check of a record, which only those that matter are worth. */
function isAbout(record: unknown, wanted: ReadonlyMap<string, PackageKey>, { ecosystems }: Index): boolean {
  const { affected } = (record ?? {}) as Loose; // every part is checked below
  if (!Array.isArray(affected)) return true;
  let isWanted = false;
  for (const { package: named } of affected) {
    if (typeof named?.ecosystem !== "string" || typeof named.name !== "string") return true;
    const key = packageKeyOf(named.ecosystem, named.name);
    ecosystems.add(key.ecosystem);
    isWanted ||= wanted.has(keyText(key));
  }
  return isWanted;
}

function keep(record: unknown, source: string, wanted: ReadonlyMap<string, PackageKey>, index: Index): void {
  const read = readRecord(record, source);
  for (const affected of read?.affected ?? []) {
    const key = keyText({ ecosystem: affected.ecosystem, name: affected.packageName });
    if (read === null || !wanted.has(key)) continue;
    const statements = index.byPackage.get(key) ?? [];
    index.byPackage.set(key, statements);
    statements.push({ advisory: read.advisory, affected });
  }
}
