import { randomUUID } from "node:crypto";
import type { ProjectScope } from "@rampart/kernel";
import { testDatabase, type TestDatabase } from "@rampart/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ListFindings, ListTopCves } from "../contract.ts";
import { defaultRule } from "../core/order-rules.ts";
import {
  debian,
  violationsOf,
  feedFolder,
  imageId,
  intelligenceCtx,
  matchingCtx,
  npm,
  osvLine,
  recordPackages,
  vulnerabilityCtx,
} from "../fixture/vulnerability-fixture.ts";
import { getComparison } from "./get-comparison.ts";
import { importAdvisories } from "./import-advisories.ts";
import { listFindings } from "./list-findings.ts";
import { listResourceSummaries } from "./list-resource-summaries.ts";
import { listTopCves } from "./list-top-cves.ts";
import { matchResource } from "./match-resource.ts";
import { rematch } from "./rematch.ts";
import { savePolicy } from "./save-policy.ts";

let db: TestDatabase;
let feeds: ReturnType<typeof feedFolder>;
let extra: string[] = [];

const base = [
  osvLine("GHSA-1", ["npm", "left", "2.0.0"], {
    aliases: ["CVE-2025-0001"],
    database_specific: { severity: "HIGH" },
  }),
];
const openssl = osvLine("DSA-1", ["Debian:12", "openssl", "3.0.9-1"], { upstream: ["CVE-2025-0002"] });

beforeAll(async () => {
  db = await testDatabase();
  feeds = feedFolder({ "npm.osv.jsonl.gz": base, "debian.osv.jsonl.gz": [openssl] });
  await importAdvisories(intelligenceCtx(db), { location: feeds.path, force: false });
});
afterAll(async () => {
  feeds.remove();
  await db.drop();
});

/** Publishes further npm advisories beside the ones before; returns the new revision. */
async function publish(...lines: readonly string[]): Promise<number> {
  extra = [...extra, ...lines];
  feeds.write("npm.osv.jsonl.gz", [...base, ...extra]);
  return (await importAdvisories(intelligenceCtx(db), { location: feeds.path, force: false })).revision;
}

async function matched(letters: string, packages = [npm("left", "1.0.0"), debian("openssl", "3.0.8-1")]) {
  const scope = await db.newProject();
  for (const letter of letters) {
    await recordPackages(db, scope, imageId(letter), packages);
    await matchResource(matchingCtx(db, scope), { resourceKind: "image", resourceId: imageId(letter) });
  }
  await rematch(matchingCtx(db, scope), { revision: await newest(scope) });
  return scope;
}
const newest = (scope: ProjectScope) => matchingCtx(db, scope).read(({ knowledge }) => knowledge.revision());
const list = (scope: ProjectScope, more: object = {}) =>
  listFindings(vulnerabilityCtx(db, scope), ListFindings.parse(more));
/** Everything the area stores about a project but times and ids of its own, as the owner sees it. */
const stored = (scope: ProjectScope) =>
  Promise.all(
    [
      `select id, match_id, resource_id, cve, effect, rule_name, severity from vulnerabilities_finding`,
      `select resource_id, critical, high, medium, low, unknown, fixable, known_exploited, risk_score, effect, rule_name,
        content_hash from vulnerabilities_resource`,
      `select cve, images, hosts, severity, risk_score, is_fixable, known_exploited, packages
        from vulnerabilities_cve_summary`,
    ].map((select) => db.ownerQuery(`${select} where project_id = $1 order by 1, 2`, [scope.projectId])),
  );
/** What a project stores that compares everything afresh. */
async function fresh(
  letters: string,
  packages: Parameters<typeof recordPackages>[3],
  prepare: (scope: ProjectScope) => Promise<void> = async () => undefined,
) {
  const scope = await db.newProject();
  await prepare(scope);
  for (const letter of letters) {
    await recordPackages(db, scope, imageId(letter), packages);
    await matchResource(matchingCtx(db, scope), { resourceKind: "image", resourceId: imageId(letter) });
  }
  return stored(scope);
}

/** Gives a project a rule that blocks what is critical. */
async function block(scope: ProjectScope): Promise<void> {
  const rules = [{ ...defaultRule, id: randomUUID(), name: "strict", blockFrom: "critical" as const }];
  await savePolicy(vulnerabilityCtx(db, scope), { policy: "image", revision: 0, rules });
}

describe("rematch", () => {
  test("refuses without permission", async () => {
    const scope = await db.newProject();
    const ctx = { ...matchingCtx(db, scope), require: vulnerabilityCtx(db, scope, ["vulnerabilities.read"]).require };
    await expect(rematch(ctx, { revision: 1 })).rejects.toThrow(/vulnerabilities\.write/);
  });

  test("compares again whatever has a changed package, and leaves what a comparison of everything would", async () => {
    const packages = [npm("left", "1.0.0"), npm("fine", "1.0.0"), debian("openssl", "3.0.8-1")];
    const scope = await matched("ab", packages);
    const revision = await publish(osvLine("GHSA-5", ["npm", "fine", "1.1.0"], { aliases: ["CVE-2025-0005"] }));
    expect((await list(scope, { packageName: "fine" })).total).toBe(0);
    await rematch(matchingCtx(db, scope), { revision });
    expect((await list(scope, { packageName: "fine" })).total).toBe(2);
    expect(await stored(scope)).toEqual(await fresh("ab", packages));
  });

  test("grades findings anew whose CVE turns out to be exploited", async () => {
    const scope = await matched("a");
    feeds.write("kev.jsonl.gz", [JSON.stringify({ cve: "CVE-2025-0002" })]);
    const { revision } = await importAdvisories(intelligenceCtx(db), { location: feeds.path, force: false });
    await rematch(matchingCtx(db, scope), { revision });
    expect((await list(scope, { knownExploited: true })).rows.map(({ cve }) => cve)).toEqual(["CVE-2025-0002"]);
    const [summary] = await listResourceSummaries(vulnerabilityCtx(db, scope), {
      resourceKind: "image",
      resourceIds: [imageId("a")],
    });
    expect(summary).toMatchObject({ knownExploited: 1, total: 2 });
  });

  test("does not touch resources without a changed package, and other projects not at all", async () => {
    const touched = await matched("a", [npm("touched", "1.0.0")]);
    const other = await matched("b", [npm("other", "1.0.0")]);
    const before = await stored(other);
    const revision = await publish(osvLine("GHSA-6", ["npm", "touched", "2.0.0"], { aliases: ["CVE-2025-0006"] }));
    await rematch(matchingCtx(db, touched), { revision });
    await rematch(matchingCtx(db, other), { revision });
    expect(await stored(other)).toEqual(before);
    const { round } = await getComparison(vulnerabilityCtx(db, other));
    expect(round).toMatchObject({ revision, resources: 1, done: 1, compared: 0, failed: 0 });
    expect((await getComparison(vulnerabilityCtx(db, touched))).round).toMatchObject({ compared: 1 });
  });

  test("running it twice changes nothing more and alerts once", async () => {
    const scope = await matched("a", [npm("twice", "1.0.0")]);
    const revision = await publish(osvLine("GHSA-7", ["npm", "twice", "2.0.0"], { aliases: ["CVE-2025-0007"] }));
    await rematch(matchingCtx(db, scope), { revision });
    const before = await stored(scope);
    await rematch(matchingCtx(db, scope), { revision });
    expect(await stored(scope)).toEqual(before);
    expect(await violationsOf(db, scope)).toHaveLength(1);
  });

  test("a CVE that another package of the image has too is counted once", async () => {
    const packages = [npm("one", "1.0.0"), npm("two", "1.0.0")];
    const scope = await matched("a", packages);
    await rematch(matchingCtx(db, scope), {
      revision: await publish(osvLine("GHSA-8", ["npm", "one", "2.0.0"], { aliases: ["CVE-2025-0008"] })),
    });
    await rematch(matchingCtx(db, scope), {
      revision: await publish(osvLine("GHSA-9", ["npm", "two", "2.0.0"], { aliases: ["CVE-2025-0008"] })),
    });
    const { rows } = await listTopCves(vulnerabilityCtx(db, scope), ListTopCves.parse({}));
    expect(rows.map(({ cve, images }) => [cve, images])).toEqual([["CVE-2025-0008", 1]]);
    expect(await stored(scope)).toEqual(await fresh("a", packages));
  });

  test("an advisory that is only reworded is read in its new words and touches no finding", async () => {
    const old = osvLine("GHSA-10", ["npm", "worded", "2.0.0"], { aliases: ["CVE-2025-0010"], summary: "old words" });
    await publish(old);
    const scope = await matched("a", [npm("worded", "1.0.0")]);
    const rows = () =>
      db.ownerQuery("select id, xmin::text from vulnerabilities_finding where project_id = $1", [scope.projectId]);
    const before = await rows();
    extra = extra.filter((line) => line !== old);
    await rematch(matchingCtx(db, scope), { revision: await publish(old.replace("old words", "new words")) });
    expect((await list(scope)).rows.map(({ summary }) => summary)).toEqual(["new words"]);
    expect(await rows()).toEqual(before);
  });

  test("flaws that come, go and change their grade one by one leave what a comparison of everything would", async () => {
    const names = ["red", "green", "blue"];
    const packages = names.map((name) => npm(name, "1.0.0"));
    const scope = await matched("a", packages);
    await block(scope);
    for (const [step, severity] of ["LOW", "CRITICAL", "HIGH", null, "LOW", "CRITICAL", null, "LOW", null].entries()) {
      const name = names[step % names.length] ?? "red";
      extra = extra.filter((line) => !line.includes(`GHSA-of-${name}`));
      const more = { aliases: [`CVE-2025-01${step % 2}`], database_specific: { severity } };
      const line = osvLine(`GHSA-of-${name}`, ["npm", name, "2.0.0"], more);
      await rematch(matchingCtx(db, scope), { revision: await publish(...(severity === null ? [] : [line])) });
      expect(await stored(scope)).toEqual(await fresh("a", packages, block));
    }
  });
});
