import { execFile } from "node:child_process";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { plainEnv } from "./daemon.ts";

const run = promisify(execFile);
/** For one call. Planning a thousand packages takes half a minute on a busy machine. */
const aptDeadlineMs = 120_000;

/** What apt wants to put in the place of an installed package. */
export type Upgrade = Readonly<{
  name: string;
  installed: string;
  version: string;
  source: string;
  sourceVersion: string;
}>;

/**
 * What `apt-get dist-upgrade` would upgrade in an unpacked Debian with the security archive of its suite. Only apt's own
 * data are read and written there; nothing in it is run. Null when the archive cannot be reached.
 */
export async function aptUpgrades(root: string, suite: string): Promise<readonly Upgrade[] | null> {
  if (!(await readArchive(root, `debian-security ${suite}-security`))) return null;
  const plan = await apt(root, "apt-get", ["--simulate", "dist-upgrade"]);
  const found = Array.from(
    plan.matchAll(/^Inst (\S+) \[(\S+)\] \((\S+) /gm),
    ([, name = "", installed = "", version = ""]) => ({ name, installed, version }),
  );
  if (found.length === 0) return [];
  const shown = await apt(root, "apt-cache", ["show", ...found.map(({ name, version }) => `${name}=${version}`)]);
  const sources = new Map(shown.split(/\n\n+/).map((stanza) => [field(stanza, "Package"), field(stanza, "Source")]));
  return found.map((upgrade) => ({ ...upgrade, ...toSource(upgrade, sources.get(upgrade.name) ?? "") }));
}

/** Makes apt know one archive, such as `debian bookworm`, and no other. False when it cannot be reached. */
export async function readArchive(root: string, archive: string): Promise<boolean> {
  for (const folder of ["var/lib/apt/lists/partial", "var/cache/apt/archives/partial", "etc/apt/preferences.d"]) {
    await mkdir(path.join(root, folder), { recursive: true });
  }
  await writeFile(path.join(root, "etc/apt/sources.list"), `deb http://deb.debian.org/${archive} main\n`);
  return apt(root, "apt-get", ["update", "--error-on=any"]).then(
    () => true,
    () => false,
  );
}

/** When the archive that apt knows was last changed. */
export async function archiveDate(root: string): Promise<Date> {
  const folder = path.join(root, "var/lib/apt/lists");
  const release = (await readdir(folder)).find((name) => name.endsWith("InRelease"));
  return new Date(field(await readFile(path.join(folder, release ?? ""), "utf8"), "Date"));
}

function field(stanza: string, name: string): string {
  return new RegExp(`^${name}: (.*)$`, "m").exec(stanza)?.[1] ?? "";
}

/** `Source: glibc (2.31-13)`; absent when it is the package itself, without a version when that is the same. */
function toSource({ name, version }: Readonly<{ name: string; version: string }>, text: string) {
  const [, source, sourceVersion] = /^(\S+)(?: \((.+)\))?$/.exec(text) ?? [];
  return { source: source ?? name, sourceVersion: sourceVersion ?? version };
}

/** Runs a program of apt on the data of an unpacked root. */
export async function apt(root: string, program: "apt-get" | "apt-cache", args: readonly string[]): Promise<string> {
  const options = {
    Dir: root,
    "Dir::State::status": path.join(root, "var/lib/dpkg/status"),
    "APT::Sandbox::User": "root",
    "APT::Architecture": "amd64",
    "Acquire::Languages": "none",
    "Acquire::Retries": "1",
    "Acquire::http::Timeout": "10",
  };
  const given = Object.entries(options).flatMap(([name, value]) => ["--option", `${name}=${value}`]);
  const { stdout } = await run(program, [...given, ...args], {
    env: plainEnv(),
    timeout: aptDeadlineMs,
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout;
}

/** Whether a version is at most another one, in dpkg's own opinion. */
export async function isAtMost(version: string, limit: string): Promise<boolean> {
  return run("dpkg", ["--compare-versions", version, "le", limit], { env: plainEnv() }).then(
    () => true,
    () => false,
  );
}
