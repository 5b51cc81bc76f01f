import { existsSync } from "node:fs";
import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { InventoryPackage } from "@rampart/inspection/contract";
import { recordImage } from "@rampart/inventory";
import { bindInventory } from "@rampart/inventory/bind";
import { testCaller, testDatabase, type TestDatabase } from "@rampart/testing";
import { jobLedger } from "@rampart/database/unscoped";
import { openQueues, type Queues } from "@rampart/queue";
import { migrateQueue } from "@rampart/queue/migrate";
import { sealerFromKey } from "@rampart/secrets";
import { createLogger } from "@rampart/telemetry";
import { getIntelligenceStatus, listFindings } from "@rampart/vulnerabilities";
import { bindVulnerabilities } from "@rampart/vulnerabilities/bind";
import { ListFindings } from "@rampart/vulnerabilities/contract";
import { startIntelligence } from "@rampart/worker-intelligence";
import { startRelay } from "@rampart/worker-relay";
import { startScanning } from "@rampart/worker-scanning";
import { afterAll, beforeAll, expect, test } from "vitest";
import { until } from "./until.ts";

/** Real feeds, which lie beside the checkout; three of them are enough here, and the bench imports them all. */
const published = path.resolve(import.meta.dirname, "../../../shared/data/advisories");
const feeds = ["Debian.osv.jsonl.gz", "Maven.osv.jsonl.gz", "kev.jsonl.gz"];
const importMaxMs = 60_000;

let db: TestDatabase;
let feedFolder: string;
let queues: Queues | undefined;
let lanes: { close(): Promise<void> }[] = [];

beforeAll(async () => {
  db = await testDatabase();
  await migrateQueue(db.ownerUrl);
  feedFolder = await mkdtemp(path.join(tmpdir(), "rampart-feeds-"));
  if (existsSync(published))
    await Promise.all(feeds.map((file) => copyFile(path.join(published, file), path.join(feedFolder, file))));
});
afterAll(async () => {
  await Promise.all(lanes.map((lane) => lane.close()));
  // Not before the relay: what it is about to enqueue would wait for a closed pool for ever.
  await queues?.close();
  await rm(feedFolder, { recursive: true });
  await db.drop();
});

const debian = (name: string, version: string, sourceName = name): InventoryPackage => ({
  name,
  version,
  sourceName,
  kind: "os",
  ecosystem: "Debian:12",
  purl: `pkg:deb/debian/${name}@${version}`,
  layer: 0,
});

test.skipIf(!existsSync(published))(
  "an image recorded before any advisory was known gets its findings when the real feeds arrive, without a rescan",
  async () => {
    const scope = await db.newProject();
    const logger = createLogger({ process: "test" });
    const queue = { kind: "postgres", url: db.url } as const;
    queues = openQueues(queue);
    const platform = { database: db.database, queue, queues, ledger: jobLedger(db.database), logger };
    lanes = [startScanning(platform), await startRelay(platform)];
    const inventory = bindInventory({ database: db.database }, scope, testCaller());
    const image = {
      id: `sha256:${"a".repeat(64)}`,
      repoTags: ["shop/web:1"],
      repoDigests: [],
      labels: {},
      sizeBytes: 1,
      config: {},
    };
    await recordImage(inventory, {
      hostId: "00000000-0000-7000-8000-00000000000a",
      order: { at: new Date(), sequence: 1 },
      image,
      inventory: {
        os: { id: "debian", versionId: "12", name: "Debian GNU/Linux 12 (bookworm)", ecosystem: "Debian:12" },
        packages: [
          debian("libssl3", "3.0.9-1", "openssl"),
          {
            name: "org.apache.logging.log4j:log4j-core",
            version: "2.14.1",
            kind: "jar",
            ecosystem: "Maven",
            purl: "pkg:maven/x",
            path: "app.jar",
            layer: 0,
          },
        ],
        layers: [{ digest: `sha256:${"1".repeat(64)}`, sizeBytes: 1, packageCount: 2 }],
        warnings: [],
      },
    });
    const ctx = bindVulnerabilities({ database: db.database }, scope, testCaller());
    const cves = async () =>
      new Set((await listFindings(ctx, ListFindings.parse({ limit: 250 }))).rows.map(({ cve }) => cve));
    const compared = () => db.ownerQuery("select 1 from vulnerabilities_resource");
    await until("the first comparison", async () => (await compared()).length === 1);
    expect(await cves()).toEqual(new Set());

    lanes.push(startIntelligence({ ...platform, sealer: sealerFromKey(new Uint8Array(32)), feedFolder }));
    await until("Log4Shell to be found", async () => (await cves()).has("CVE-2021-44228"), importMaxMs);
    const status = () => getIntelligenceStatus(ctx);
    await until(
      "all feeds",
      async () => (await status()).sources.some(({ file }) => file === "Maven.osv.jsonl.gz"),
      importMaxMs,
    );
    await until("flaws that only the feeds know", async () => (await cves()).size > 10, importMaxMs);
    const { rows } = await listFindings(ctx, ListFindings.parse({ limit: 250 }));
    const log4shell = rows.find(({ cve }) => cve === "CVE-2021-44228");
    expect(log4shell).toMatchObject({ severity: "critical", knownExploited: true, path: "app.jar" });
    expect(rows.some(({ packageName }) => packageName === "openssl")).toBe(true);
  },
  2 * importMaxMs,
);
