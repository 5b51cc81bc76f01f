import { execFile } from "node:child_process";
import { appendFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { inspectRootFolder } from "@rampart/inspection";
import type { InventoryPackage } from "@rampart/inspection/contract";
import { JudgeInventory } from "@rampart/vulnerabilities/contract";
import { judgeOffline } from "@rampart/vulnerabilities/offline";
import { apt, aptUpgrades, isAtMost, readArchive, type Upgrade } from "../servers/apt-upgrades.ts";
import { debianTar } from "../servers/images.ts";
import { makeScratch } from "../servers/scratch.ts";
import { report } from "./report.ts";

/**
 * What apt would upgrade in a Debian of some thousand packages, next to what the advisories make of the same packages:
 * an answer that no scanner wrote. The packages are not installed; apt plans them and the plan becomes the status file.
 */
const suite = "bookworm";
const wanted = `ca-certificates curl wget git openssh-server nginx apache2 postgresql-15 redis-server mariadb-server
  php8.2-cli composer python3-pip python3-django python3-flask python3-cryptography python3-pil ruby-rails ruby-nokogiri
  bundler nodejs npm liblog4j2-java libspring-web-java libjackson2-databind-java libtomcat9-java libxstream-java
  libnetty-java libpostgresql-jdbc-java openjdk-17-jre-headless podman skopeo docker-registry containerd runc buildah
  rclone caddy etcd-server prometheus imagemagick ghostscript ffmpeg vim tmux rsync samba bind9 unbound
  exim4-daemon-light dovecot-core squid haproxy memcached poppler-utils emacs-nox cargo golang-1.19-go r-base-core
  linux-libc-dev`.split(/\s+/);
/** Sources whose security upgrades repair no flaw that has a CVE. */
const withoutCve = new Set(["ca-certificates", "tzdata", "unzip", "xz-utils"]);

const run = promisify(execFile);
const advisories = path.resolve(import.meta.dirname, "../../../shared/data/advisories");
const root = await makeScratch("apt-truth");
try {
  const parts = ["./var/lib/dpkg", "./etc", "./usr/lib/os-release"];
  await run("tar", ["--extract", "--file", await debianTar(suite), "--directory", root.path, ...parts]);
  if (!(await readArchive(root.path, `debian ${suite}`))) throw new Error("The archive of Debian cannot be reached.");
  await addPlanned(root.path);
  const { packages } = (await inspectRootFolder(root.path)).inventory;
  const upgrades = (await aptUpgrades(root.path, suite)) ?? [];
  await compare(packages, upgrades);
} finally {
  await root.remove();
}

/** Writes into the status file what apt would install. */
async function addPlanned(folder: string): Promise<void> {
  const plan = await apt(folder, "apt-get", ["--simulate", "--no-install-recommends", "install", ...wanted]);
  const names = Array.from(
    plan.matchAll(/^Inst (\S+) (?:\[\S+\] )?\((\S+) /gm),
    ([, name, version]) => `${name}=${version}`,
  );
  const stanzas = (await apt(folder, "apt-cache", ["show", ...names])).split(/\n\n+/).filter((text) => text !== "");
  const installed = stanzas.map((text) => `${text}\nStatus: install ok installed\n\n`).join("");
  await appendFile(path.join(folder, "var/lib/dpkg/status"), installed);
}

async function compare(packages: readonly InventoryPackage[], upgrades: readonly Upgrade[]): Promise<void> {
  const { fixable, leftOut } = await judge(packages);
  const bySource = new Map(upgrades.map((upgrade) => [upgrade.source, upgrade]));
  const found = new Set(fixable.map(({ packageName }) => packageName));
  const missed = [...bySource.keys()].filter(
    (source) => !found.has(source) && !withoutCve.has(source) && source !== "linux",
  );
  let invented = 0;
  for (const { packageName, fixVersion } of fixable) {
    const upgrade = bySource.get(packageName);
    if (upgrade === undefined || !(await isAtMost(fixVersion ?? "", upgrade.sourceVersion))) invented += 1;
  }
  const byName = new Map(upgrades.map((upgrade) => [upgrade.name, upgrade]));
  const after = await judge(packages.map((one) => toUpgraded(one, byName.get(one.name))));
  report("apt-truth", [
    { what: "packages", value: packages.length, unit: "" },
    { what: "sources that apt upgrades", value: bySource.size, unit: "" },
    { what: "findings with a fix", value: fixable.length, unit: "", beside: `in ${found.size} sources` },
    { what: "left out: kernel headers", value: leftOut, unit: "" },
    {
      what: `upgraded but not found ${missed.join(" ")}`,
      value: missed.length,
      unit: "",
      beside: "0",
      met: missed.length === 0,
    },
    { what: "found but not upgraded", value: invented, unit: "", beside: "0", met: invented === 0 },
    {
      what: "left after the upgrade",
      value: after.fixable.length,
      unit: "",
      beside: "0",
      met: after.fixable.length === 0,
    },
  ]);
}

function toUpgraded(found: InventoryPackage, upgrade: Upgrade | undefined): InventoryPackage {
  if (upgrade === undefined || found.kind !== "os") return found;
  const { version, source, sourceVersion } = upgrade;
  return { ...found, version, sourceName: source, sourceVersion };
}

async function judge(packages: readonly InventoryPackage[]) {
  const asked = JudgeInventory.parse({ name: "debian", packages });
  const { findings, leftOut } = await judgeOffline({ asked, folder: advisories, rules: [], now: new Date() });
  const fixable = findings.filter(({ fixVersion }) => fixVersion !== null);
  return { fixable, leftOut: leftOut.reduce((sum, one) => sum + one.findings, 0) };
}
