import type { InventoryPackage } from "@rampart/inspection/contract";
import { permissions, type Permission, type ProjectScope } from "@rampart/kernel";
import { testCaller, testDatabase, type TestDatabase } from "@rampart/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bindExplaining } from "../bind.ts";
import { ListFindings } from "../contract.ts";
import {
  clock,
  debian,
  feedFolder,
  imageId,
  intelligenceCtx,
  matchingCtx,
  npm,
  osvLine,
  recordPackages,
  vulnerabilityCtx,
} from "../fixture/vulnerability-fixture.ts";
import { explainCve } from "./explain-cve.ts";
import { explainFinding } from "./explain-finding.ts";
import { importAdvisories } from "./import-advisories.ts";
import { listFindings } from "./list-findings.ts";
import { listLeftOut } from "./list-left-out.ts";
import { matchResource } from "./match-resource.ts";

let db: TestDatabase;
let feeds: ReturnType<typeof feedFolder>;
let scope: ProjectScope;
const image = { resourceKind: "image", resourceId: imageId("a") } as const;

const packages: readonly InventoryPackage[] = [
  npm("left", "1.0.0"),
  debian("openssl", "3.0.9-1"),
  debian("libssl3", "3.0.9-1", { sourceName: "openssl" }),
  debian("linux-libc-dev", "6.1.1-1", { sourceName: "linux" }),
  debian("waiting", "1-1"),
];

beforeAll(async () => {
  db = await testDatabase();
  feeds = feedFolder({
    "npm.osv.jsonl.gz": [
      osvLine("GHSA-1", ["npm", "left", "2.0.0"], { aliases: ["CVE-2025-0001"] }),
      osvLine("NSWG-1", ["npm", "left", "0.9.0"], { aliases: ["GHSA-1"] }),
    ],
    "debian.osv.jsonl.gz": [
      osvLine("DSA-1", ["Debian:12", "openssl", "3.0.9-1"], { upstream: ["CVE-2025-0002"] }),
      osvLine("DSA-2", ["Debian:12", "linux", "6.1.90-1"], { upstream: ["CVE-2025-0003", "CVE-2025-0004"] }),
      JSON.stringify({
        id: "DEBIAN-CVE-2025-0005",
        modified: "2025-06-01T00:00:00Z",
        upstream: ["CVE-2025-0005"],
        affected: [
          {
            package: { ecosystem: "Debian:12", name: "waiting" },
            ranges: [{ type: "ECOSYSTEM", events: [{ introduced: "0" }] }],
            database_specific: { status: "postponed" },
          },
        ],
      }),
    ],
  });
  await importAdvisories(intelligenceCtx(db), { location: feeds.path, force: false });
  scope = await db.newProject();
  await recordPackages(db, scope, image.resourceId, packages);
  await matchResource(matchingCtx(db, scope), image);
});
afterAll(async () => {
  feeds.remove();
  await db.drop();
});

const ctx = (granted: readonly Permission[] = permissions) =>
  bindExplaining({ database: db.database, clock }, scope, testCaller(granted));
const list = (more: object) => listFindings(vulnerabilityCtx(db, scope), ListFindings.parse(more));

describe("an explanation", () => {
  test("of a finding lists every record, also the one that does not agree", async () => {
    const { rows } = await list({ cve: "CVE-2025-0001" });
    const { explanation } = await explainFinding(vulnerabilityCtx(db, scope), { findingId: rows[0]?.id ?? "" });
    expect(explanation).toMatchObject({ verdict: "affected", fixVersion: "2.0.0" });
    expect(explanation.records.map(({ recordId, verdict }) => [recordId, verdict])).toEqual([
      ["GHSA-1", "affected"],
      ["NSWG-1", "fixed"],
    ]);
  });

  test("tells for a flaw without a finding why there is none, once for all packages of a source", async () => {
    const { explanations } = await explainCve(ctx(), { ...image, id: "cve-2025-0002" });
    expect(explanations.map(({ package: { name }, verdict }) => [name, verdict])).toEqual([["openssl", "fixed"]]);
    const headers = await explainCve(ctx(), { ...image, id: "CVE-2025-0003" });
    expect(headers.explanations.map(({ verdict }) => verdict)).toEqual(["left-out"]);
    const unknown = await explainCve(ctx(), { ...image, id: "CVE-1999-0001" });
    expect(unknown).toMatchObject({ explanations: [], sentence: expect.stringContaining("None of the 5 packages") });
  });

  test("is refused to whoever may not read findings or packages", async () => {
    const without = (one: string) => ctx(permissions.filter((permission) => permission !== one));
    for (const missing of ["vulnerabilities.read", "inventory.read"]) {
      await expect(explainCve(without(missing), { ...image, id: "CVE-2025-0002" })).rejects.toThrow(missing);
      await expect(listLeftOut(without(missing), image)).rejects.toThrow(missing);
    }
  });
});

test("findings of kernel headers are not made but counted, with the reason", async () => {
  expect((await list({ packageName: "linux" })).total).toBe(0);
  expect(await listLeftOut(ctx(), image)).toMatchObject([
    { reason: "kernel-headers", findings: 2, packages: ["linux-libc-dev"] },
  ]);
});

test("findings are filtered by what the vendor says about a fix", async () => {
  const cvesIn = async (state: string) => (await list({ state })).rows.map(({ cve, status }) => `${cve} ${status}`);
  expect(await cvesIn("fixed")).toEqual(["CVE-2025-0001 fixed in 2.0.0"]);
  expect(await cvesIn("pending")).toEqual(["CVE-2025-0005 postponed"]);
  expect(await cvesIn("will-not-fix")).toEqual([]);
  expect(await cvesIn("affected")).toEqual([]);
});
