import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inspectRootFolder } from "@rampart/inspection";
import type { InventoryPackage } from "@rampart/inspection/contract";
import { JudgeInventory, type JudgedFinding } from "@rampart/vulnerabilities/contract";
import { judgeOffline } from "@rampart/vulnerabilities/offline";
import { aptUpgrades, archiveDate, isAtMost, type Upgrade } from "./apt-upgrades.ts";
import { findProgram } from "./debian-package.ts";
import { debianTar } from "./images.ts";
import { makeScratch } from "./scratch.ts";

const run = promisify(execFile);

/** The public advisories lie beside the checkout, not in it. */
const advisories = path.resolve(import.meta.dirname, "../../../shared/data/advisories");
const canRun = existsSync(advisories) && process.getuid?.() === 0 && (await findProgram("apt-get")) !== null;
if (!canRun)
  process.stderr.write(`apt is no judge here: it needs root, apt-get and the advisories in ${advisories}.\n`);

const advisoriesEnd = new Date("2026-11-25T00:00:00Z");

/** Sources whose security upgrades repair no flaw that has a CVE: certificates, time zones and the like. */
const withoutCve = new Set([
  "ca-certificates",
  "tzdata",
  "distro-info-data",
  "debian-archive-keyring",
  "unzip",
  "xz-utils",
]);

describe.skipIf(!canRun).for(["bullseye", "bookworm"] as const)("apt and Rampart agree about %s", (suite) => {
  let root: Awaited<ReturnType<typeof makeScratch>>;
  let packages: readonly InventoryPackage[];
  let upgrades: readonly Upgrade[] | null;

  beforeAll(async () => {
    root = await makeScratch(`apt-${suite}`);
    const parts = ["./var/lib/dpkg", "./etc", "./usr/lib/os-release"];
    await run("tar", ["--extract", "--file", await debianTar(suite), "--directory", root.path, ...parts]);
    packages = (await inspectRootFolder(root.path)).inventory.packages;
    upgrades = await aptUpgrades(root.path, suite);
    if (upgrades === null)
      process.stderr.write(`The security archive of ${suite} cannot be reached; apt is not asked.\n`);
  });
  afterAll(() => root.remove());

  test("what has a fix is what apt would upgrade, to a version that has the fix", async ({ skip }) => {
    if (upgrades === null) return skip();
    const found = await fixable(packages);
    const bySource = new Map(upgrades.map((upgrade) => [upgrade.source, upgrade]));
    const invented = [];
    for (const { cve, packageName, fixVersion } of found) {
      const upgrade = bySource.get(packageName);
      const isRepaired = upgrade !== undefined && (await isAtMost(fixVersion ?? "", upgrade.sourceVersion));
      if (!isRepaired) invented.push(`${cve} ${packageName} ${fixVersion}`);
    }
    expect(invented).toEqual([]);
    expect(found.length).toBeGreaterThan(10);
    const sources = new Set(found.map(({ packageName }) => packageName));
    const missed = [...bySource.keys()].filter((source) => !sources.has(source) && !withoutCve.has(source));
    // An upgrade that is younger than the advisories may repair what they cannot know of.
    if ((await archiveDate(root.path)) < advisoriesEnd) expect(missed).toEqual([]);
  });

  test("nothing with a fix is left once apt has upgraded", async ({ skip }) => {
    if (upgrades === null) return skip();
    const byName = new Map(upgrades.map((upgrade) => [upgrade.name, upgrade]));
    const upgraded = packages.map((found) => {
      const { version, source, sourceVersion } = byName.get(found.name) ?? {};
      if (version === undefined || found.kind !== "os") return found;
      return { ...found, version, sourceName: source, sourceVersion };
    });
    expect((await fixable(upgraded)).map(({ cve, packageName }) => `${cve} ${packageName}`)).toEqual([]);
  });
});

async function fixable(packages: readonly unknown[]): Promise<readonly JudgedFinding[]> {
  const asked = JudgeInventory.parse({ name: "debian", packages });
  const { findings } = await judgeOffline({ asked, folder: advisories, rules: [], now: new Date() });
  return findings.filter(({ fixVersion }) => fixVersion !== null);
}
