import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { testDatabase, type TestDatabase } from "@rampart/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { feedFolder, intelligenceCtx, osvLine } from "../../fixture/vulnerability-fixture.ts";
import { importAdvisories } from "../../verbs/import-advisories.ts";
import { listStoredFeeds } from "../../verbs/list-stored-feeds.ts";
import { bundleFolder } from "./bundle-folder.ts";
import { bundleShelf, type BundleShelf, type ServedBundle } from "./bundle-shelf.ts";
import { signingKeyFromSeed, type SigningKey } from "./keys.ts";

let db: TestDatabase;
let work: string;
let keyFile: string;
let publicKey: string;
const names = async (of = db) =>
  (
    await of.ownerQuery<{ id: string }>("select distinct advisory_id as id from vulnerabilities_affected order by id")
  ).map(({ id }) => id);

beforeAll(() => {
  const pair = generateKeyPairSync("ed25519");
  work = mkdtempSync(join(tmpdir(), "rampart-bundle-test-"));
  keyFile = join(work, "key.pem");
  writeFileSync(keyFile, pair.privateKey.export({ type: "pkcs8", format: "pem" }));
  publicKey = pair.publicKey.export({ type: "spki", format: "pem" }).toString();
});
beforeEach(async () => {
  db = await testDatabase();
  return () => db.drop();
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

const first = [
  osvLine("GHSA-1", ["npm", "left", "2.0.0"], { aliases: ["CVE-2025-0001"] }),
  osvLine("GHSA-2", ["npm", "right", "3.0.0"]),
];
const epss = [
  "#model_version:v1,score_date:2025-06-01T00:00:00+0000",
  "cve,epss,percentile",
  "CVE-2025-0001,0.5,0.9",
  "CVE-2025-0002,0.1,0.2",
];
let made = 0;

/** A bundle of these files, a minute later than the one before. */
async function bundle(files: Readonly<Record<string, readonly string[]>>, baseIndex: string | null = null) {
  made += 1;
  const folder = feedFolder(files);
  const out = join(work, `${made}.rampart`);
  const now = new Date(Date.parse("2026-01-01T00:00:00Z") + made * 60_000);
  const result = await bundleFolder({ location: folder.path, out, keyFile, origin: "test", baseIndex, now });
  folder.remove();
  return { out, index: `${out}.index`, ...result };
}

const importBundle = (out: string, more: Readonly<{ force?: boolean; publicKey?: string }> = { publicKey }) =>
  importAdvisories(intelligenceCtx(db), { location: out, force: false, ...more });

async function served(shelf: BundleShelf, key: SigningKey, held: string | null = null): Promise<ServedBundle> {
  const stored = await listStoredFeeds(intelligenceCtx(db));
  return shelf.serve({ stored, key, origin: "central", now: new Date("2026-02-01T00:00:00Z"), held, takesDelta: true });
}

async function bytesOf(bundle: ServedBundle): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  if (bundle.kind === "bundle") for await (const chunk of bundle.chunks) chunks.push(chunk);
  return Buffer.concat(chunks);
}

describe("a bundle of advisories", () => {
  test("is imported like the folder that it was made of", async () => {
    const { out } = await bundle({ "npm.osv.jsonl.gz": first, "epss.csv.gz": epss });
    const { files } = await importBundle(out);
    expect(files.map(({ file, outcome, records }) => [file, outcome, records])).toEqual([
      ["epss.csv.gz", "imported", 2],
      ["npm.osv.jsonl.gz", "imported", 2],
    ]);
    expect(await names()).toEqual(["GHSA-1", "GHSA-2"]);
    expect((await importBundle(out)).files.map(({ outcome }) => outcome)).toEqual(["unchanged", "unchanged"]);
  });

  test("is refused when its key is not trusted, and trusted by that key from then on", async () => {
    const { out } = await bundle({ "npm.osv.jsonl.gz": first });
    await expect(importBundle(out, {})).rejects.toThrow(/not trusted/);
    expect(await names()).toEqual([]);
    await importBundle(out);
    expect((await importBundle(out, {})).files[0]?.outcome).toBe("unchanged");
  });

  test("is refused when any byte of it was changed", async () => {
    const { out } = await bundle({ "npm.osv.jsonl.gz": first, "epss.csv.gz": epss });
    const whole = readFileSync(out);
    // A byte of each part of the archive: the names and bodies of its files, and its directory.
    for (let at = 40; at < whole.length - 22; at += Math.floor(whole.length / 40)) {
      const damaged = Buffer.from(whole);
      damaged[at] = (damaged[at] ?? 0) ^ 0x41;
      const path = join(work, "damaged.rampart");
      writeFileSync(path, damaged);
      const outcome = await importBundle(path).then(
        ({ files }) => files.map((file) => file.outcome),
        (error: unknown) => String(error),
      );
      // Fields that nobody reads, such as dates, may differ; then the content is the signed one.
      if (Array.isArray(outcome)) expect(await names()).toEqual(["GHSA-1", "GHSA-2"]);
      else expect(outcome).toMatch(/Refusal/);
    }
  });

  test("is refused when a newer one of the same key is loaded, unless forced", async () => {
    const older = await bundle({ "npm.osv.jsonl.gz": first });
    const newer = await bundle({ "npm.osv.jsonl.gz": [osvLine("GHSA-3", ["npm", "up", "1.0.0"])] });
    await importBundle(newer.out);
    await expect(importBundle(older.out)).rejects.toThrow(/already imported/);
    expect(await names()).toEqual(["GHSA-3"]);
    await importBundle(older.out, { force: true });
    expect(await names()).toEqual(["GHSA-1", "GHSA-2"]);
  });

  test("a delta carries what changed and needs what it builds upon", async () => {
    const whole = await bundle({
      "npm.osv.jsonl.gz": first,
      "epss.csv.gz": epss,
      "Go.osv.jsonl.gz": [osvLine("GO-1", ["Go", "x", "1.0.0"])],
    });
    const delta = await bundle(
      {
        "npm.osv.jsonl.gz": [osvLine("GHSA-1", ["npm", "left", "2.0.1"]), osvLine("GHSA-3", ["npm", "new", "1.0.0"])],
        "epss.csv.gz": [...epss.slice(0, 2), "CVE-2025-0001,0.7,0.9"],
        "Go.osv.jsonl.gz": [osvLine("GO-1", ["Go", "x", "1.0.0"])],
      },
      whole.index,
    );
    expect(delta.feeds.map(({ form }) => form)).toEqual(["delta", "unchanged", "delta"]);
    const early = await importBundle(delta.out);
    expect(early.files.map(({ outcome }) => outcome)).toEqual(["refused", "refused", "refused"]);
    expect(early.files[0]?.problem).toMatch(/builds on content that is not loaded/);
    await importBundle(whole.out);
    const { revision, files } = await importBundle(delta.out);
    expect(
      files.map(({ file, outcome, records, changedPackages }) => [file, outcome, records, changedPackages]),
    ).toEqual([
      ["epss.csv.gz", "imported", 1, 2],
      ["Go.osv.jsonl.gz", "unchanged", 1, 0],
      ["npm.osv.jsonl.gz", "imported", 2, 3],
    ]);
    expect(await names()).toEqual(["GHSA-1", "GHSA-3", "GO-1"]);
    expect(await db.ownerQuery("select cve, epss from vulnerabilities_cve where epss is not null")).toEqual([
      { cve: "CVE-2025-0001", epss: 0.7 },
    ]);
    expect(
      await db.ownerQuery("select name from vulnerabilities_change where revision = $1 order by name", [revision]),
    ).toEqual([{ name: "left" }, { name: "new" }, { name: "right" }]);
  });

  test("what one Console exports, another takes in whole", async () => {
    const folder = feedFolder({ "npm.osv.jsonl.gz": first, "epss.csv.gz": epss });
    await importAdvisories(intelligenceCtx(db), { location: folder.path, force: false });
    folder.remove();
    const key = signingKeyFromSeed(new Uint8Array(32).fill(7));
    const out = join(work, "central.rampart");
    writeFileSync(out, await bytesOf(await served(bundleShelf(), key)));
    const other = await testDatabase();
    const asked = { location: out, force: false, publicKey: key.publicKey };
    expect((await importAdvisories(intelligenceCtx(other), asked)).files.map(({ outcome }) => outcome)).toEqual([
      "imported",
      "imported",
    ]);
    const rows = "select ecosystem, package_name, advisory_id, ranges from vulnerabilities_affected order by 2";
    expect(await other.ownerQuery(rows)).toEqual(await db.ownerQuery(rows));
    const facts = "select cve, epss, epss_percentile from vulnerabilities_cve order by cve";
    expect(await other.ownerQuery(facts)).toEqual(await db.ownerQuery(facts));
    await other.drop();
  });

  test("who holds the version that is served is told so, who holds an older one gets what has changed", async () => {
    const shelf = bundleShelf();
    const key = signingKeyFromSeed(new Uint8Array(32).fill(7));
    const many = Array.from({ length: 2_000 }, (_, at) => osvLine(`GHSA-${at}`, ["npm", `name-${at}`, "1.0.0"]));
    const folder = feedFolder({ "npm.osv.jsonl.gz": many });
    await importAdvisories(intelligenceCtx(db), { location: folder.path, force: false });
    const [whole, twin] = await Promise.all([served(shelf, key), served(shelf, key)]);
    expect(await bytesOf(twin)).toEqual(await bytesOf(whole));
    expect(await served(shelf, key, whole.etag)).toEqual({ kind: "unchanged", etag: whole.etag, base: null });

    folder.write("npm.osv.jsonl.gz", [...many.slice(1), osvLine("GHSA-new", ["npm", "new", "1.0.0"])]);
    await importAdvisories(intelligenceCtx(db), { location: folder.path, force: false });
    folder.remove();
    const delta = await served(shelf, key, `W/"other", ${whole.etag}`);
    expect([delta.base, delta.etag === whole.etag]).toEqual([whole.etag, false]);
    expect((await bytesOf(delta)).length).toBeLessThan(2_000);
    const strangers = [null, '"0123456789abcdef-1"', '"'.repeat(10_000), "*"];
    for (const held of strangers) expect((await served(shelf, key, held)).base).toBeNull();
  });

  test("exporting refuses without permission", async () => {
    await expect(listStoredFeeds(intelligenceCtx(db, ["vulnerabilities.read"]))).rejects.toThrow(/operations\.read/);
  });
});
