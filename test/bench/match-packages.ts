import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { gunzipSync } from "node:zlib";
import type { InventoryPackage } from "@rampart/inspection/contract";
import {
  keyText,
  matchInventory,
  prepareKnowledge,
  readRecord,
  versionSchemeOf,
  type Knowledge,
  type Lookup,
} from "@rampart/vulnerabilities/core";
import { percentile, report, type Figure } from "./report.ts";

/**
 * A thousand packages against the whole public data set, all in memory: what one image costs once the advisories are
 * warm. The names are real, the versions are fixes that really appeared, so that about half of the flaws apply. Twice:
 * names taken evenly from each ecosystem, and the worst case of the names with the most advisories.
 */
const warmMaxMs = 50;
const warmUpRounds = 10;
const rounds = 30;

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void; // the flag makes the function

const folder = path.resolve(import.meta.dirname, "../../../shared/data/advisories");
const mix = {
  "Debian:12": 250,
  "Alpine:v3.18": 100,
  "AlmaLinux:9": 150,
  npm: 150,
  PyPI: 125,
  Maven: 75,
  Go: 100,
  RubyGems: 50,
};

const index = new Map<string, Knowledge[]>();
const emptyMb = heapMb();
for (const file of readdirSync(folder).filter((name) => name.endsWith(".osv.jsonl.gz"))) readFile(file);
const loadedMb = heapMb();
const lookup: Lookup = (key) => index.get(keyText(key)) ?? [];
const even = Object.entries(mix).flatMap(([ecosystem, count]) =>
  packagesOf(ecosystem, evenly(namesOf(ecosystem), count)),
);
const busy = Object.entries(mix).flatMap(([ecosystem, count]) =>
  packagesOf(ecosystem, busiest(namesOf(ecosystem), count)),
);

const figures = [...figuresOf("evenly chosen", even, warmMaxMs), ...figuresOf("busiest names", busy, null)];
const preparedMb = heapMb();
for (const known of index.values()) prepareKnowledge(known);
report("match-packages", [
  ...figures,
  { what: "memory: all advisories as read", value: loadedMb - emptyMb, unit: "MB" },
  { what: "memory: what the two runs prepared", value: preparedMb - loadedMb, unit: "MB" },
  { what: "memory: everything prepared", value: heapMb() - loadedMb, unit: "MB" },
]);

function heapMb(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed / 1e6;
}

function figuresOf(what: string, packages: readonly InventoryPackage[], maxMs: number | null): readonly Figure[] {
  const matched = matchInventory(packages, lookup);
  for (let round = 0; round < warmUpRounds; round += 1) matchInventory(packages, lookup);
  const samples = Array.from({ length: rounds }, () => timed(() => matchInventory(packages, lookup)));
  const bare = Array.from({ length: rounds }, () => timed(() => compareEveryBound(packages)));
  const median = percentile(samples, 0.5);
  const target = maxMs === null ? {} : { beside: `<= ${maxMs} ms`, met: median <= maxMs };
  return [
    { what: `${what}: packages`, value: packages.length, unit: "" },
    {
      what: `${what}: advisories about them`,
      value: packages.reduce((sum, found) => sum + statementsOf(found).length, 0),
      unit: "",
    },
    { what: `${what}: findings`, value: matched.reduce((sum, { matches }) => sum + matches.length, 0), unit: "" },
    { what: `${what}: warm match, median`, value: median, unit: "ms", ...target },
    { what: `${what}: warm match, p95`, value: percentile(samples, 0.95), unit: "ms" },
    {
      what: `${what}: peer, bare comparisons, median`,
      value: percentile(bare, 0.5),
      unit: "ms",
      beside: "one per range bound, nothing else",
    },
  ];
}

function readFile(file: string): void {
  for (const line of gunzipSync(readFileSync(path.join(folder, file)))
    .toString("utf8")
    .split("\n")) {
    const record = line === "" ? null : readRecord(JSON.parse(line), file);
    for (const affected of record?.affected ?? []) {
      const key = keyText({ ecosystem: affected.ecosystem, name: affected.packageName });
      const known = index.get(key) ?? [];
      index.set(key, known);
      if (record !== null) known.push({ advisory: record.advisory, affected });
    }
  }
}

function namesOf(ecosystem: string): readonly string[] {
  return [...index.keys()].filter((key) => key.startsWith(`${ecosystem}\u0000`)).toSorted();
}

function evenly(names: readonly string[], count: number): readonly string[] {
  return Array.from(
    { length: Math.min(count, names.length) },
    (_, at) => names[Math.floor((at * names.length) / count)] ?? "",
  );
}

function busiest(names: readonly string[], count: number): readonly string[] {
  return names.toSorted((a, b) => (index.get(b)?.length ?? 0) - (index.get(a)?.length ?? 0)).slice(0, count);
}

/** Each package at the fix in the middle of its history. */
function packagesOf(ecosystem: string, keys: readonly string[]): readonly InventoryPackage[] {
  const { compare } = versionSchemeOf(ecosystem);
  return keys.map((key) => {
    const name = key.slice(ecosystem.length + 1);
    const fixes = (index.get(key) ?? []).flatMap(({ affected }) =>
      affected.ranges.flatMap(({ events }) => events.flatMap(({ fixed }) => fixed ?? [])),
    );
    const sorted = fixes.filter((fix) => fix !== "0").toSorted(compare);
    const version = sorted[Math.floor(sorted.length / 2)] ?? "1.0.0";
    return { name, version, kind: ecosystem.includes(":") ? "os" : "nodejs", ecosystem, purl: `pkg:generic/${name}` };
  });
}

function statementsOf({ ecosystem, name }: InventoryPackage): readonly Knowledge[] {
  return lookup({ ecosystem, name });
}

function compareEveryBound(packages: readonly InventoryPackage[]): void {
  for (const found of packages) {
    const { compare } = versionSchemeOf(found.ecosystem);
    for (const bound of boundsOf(found)) compare(found.version, bound);
  }
}

function boundsOf(found: InventoryPackage): readonly string[] {
  const ranges = statementsOf(found).flatMap(({ affected }) => affected.ranges);
  return ranges.flatMap(({ events }) =>
    events.map(({ introduced, fixed, lastAffected }) => introduced ?? fixed ?? lastAffected ?? "0"),
  );
}

function timed(work: () => unknown): number {
  const startedAt = performance.now();
  work();
  return performance.now() - startedAt;
}
