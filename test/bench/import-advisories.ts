import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { openDatabase } from "@rampart/database";
import { migrateDatabase } from "@rampart/database/migrate";
import { permissions, type Caller } from "@rampart/kernel";
import { importAdvisories } from "@rampart/vulnerabilities";
import { bindIntelligence } from "@rampart/vulnerabilities/bind";
import { startPostgres } from "../servers/postgres.ts";
import { report } from "./report.ts";

/**
 * The whole public data set into an empty database that keeps what it writes, then again with nothing changed. The
 * importer gets a heap as small as an operator may give it; without a bound Node lets garbage grow with the machine.
 */
const heapOption = "--max-old-space-size=256";
if (!process.execArgv.includes(heapOption)) {
  const { status } = spawnSync(process.execPath, [heapOption, import.meta.filename], { stdio: "inherit" });
  process.exit(status ?? 1);
}
const folder = path.resolve(import.meta.dirname, "../../../shared/data/advisories");
const importMaxSeconds = 120;
const peakMbMax = 400;

const server = await startPostgres({});
const ownerUrl = await server.createDatabase("bench");
const { serviceUrl } = await migrateDatabase({
  ownerUrl,
  servicePassword: "bench",
  folder: path.resolve(import.meta.dirname, "../../prisma"),
});
const database = openDatabase({ url: serviceUrl });
const caller: Caller = { kind: "system", id: "bench", name: "bench", permissions: new Set(permissions) };
const ctx = bindIntelligence({ database }, caller);

const importStart = performance.now();
const first = await importAdvisories(ctx, { location: folder, force: false });
const importSeconds = secondsSince(importStart);
const peakMb = process.resourceUsage().maxRSS / 1024;
const againStart = performance.now();
const again = await importAdvisories(ctx, { location: folder, force: false });
const againSeconds = secondsSince(againStart);
const forcedStart = performance.now();
const forced = await importAdvisories(ctx, { location: folder, force: true });
const forcedSeconds = secondsSince(forcedStart);
// The peer holds whole files in memory, so it comes after the importer's peak was taken.
const bareStart = performance.now();
const bareRecords = parseOnly();
const bareSeconds = secondsSince(bareStart);
const records = first.files.reduce((sum, file) => sum + file.records, 0);
const refused = [...first.files, ...again.files, ...forced.files].filter(({ outcome }) => outcome === "refused");
await database.close();
await server.stop();

report("import-advisories", [
  {
    what: "files",
    value: first.files.length,
    unit: "",
    beside: `${refused.length} refused`,
    met: refused.length === 0,
  },
  { what: "records and rows of side tables", value: records, unit: "" },
  {
    what: "first import",
    value: importSeconds,
    unit: "s",
    beside: `<= ${importMaxSeconds} s`,
    met: importSeconds <= importMaxSeconds,
  },
  {
    what: "peer: unpacking and JSON.parse alone",
    value: bareSeconds,
    unit: "s",
    beside: `${bareRecords.toLocaleString("en")} records`,
  },
  { what: "again, nothing changed (by hash)", value: againSeconds, unit: "s" },
  {
    what: "read again although nothing changed",
    value: forcedSeconds,
    unit: "s",
    beside: "0 packages changed",
    met: forced.files.every(({ changedPackages }) => changedPackages === 0),
  },
  {
    what: "peak resident memory of the importer",
    value: peakMb,
    unit: "MB",
    beside: `<= ${peakMbMax} MB`,
    met: peakMb <= peakMbMax,
  },
]);

function parseOnly(): number {
  let count = 0;
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".osv.jsonl.gz"))) {
    for (const line of gunzipSync(readFileSync(path.join(folder, file)))
      .toString("utf8")
      .split("\n")) {
      if (line === "") continue;
      JSON.parse(line);
      count += 1;
    }
  }
  return count;
}

function secondsSince(start: number): number {
  return (performance.now() - start) / 1_000;
}
