import { messageOf } from "@rampart/kernel";
import { readRpmFiles } from "../readers/rpm-header.ts";
import { rpmBlobsOf } from "../readers/rpm.ts";
import type { HeldRoot } from "./held-root.ts";
import type { WantedPaths } from "./wanted-paths.ts";

const dpkgFolder = "var/lib/dpkg/info";
const distrolessFolder = "var/lib/dpkg/status.d";
const apkDatabases = ["lib/apk/db/installed", "usr/lib/apk/db/installed"];
const rpmFolders = ["var/lib/rpm", "usr/lib/sysimage/rpm", "usr/share/rpm"];
const rpmNames = ["rpmdb.sqlite", "Packages.db", "Packages"];

/** Finds the packages of the distribution that own the wanted files. Answers with what could not be read. */
export function findOsOwners(root: HeldRoot, wanted: WantedPaths): string[] {
  const problems: string[] = [];
  readDpkg(root, wanted);
  for (const database of apkDatabases) readApk(root, database, wanted);
  for (const folder of rpmFolders) {
    for (const name of rpmNames) {
      const problem = readRpm(root, `${folder}/${name}`, wanted);
      if (problem !== null) problems.push(problem);
    }
  }
  return problems;
}

/** Changes whenever a package of the distribution is installed, removed or replaced. */
export function stampOfOs(root: HeldRoot): string {
  const rpm = rpmFolders.flatMap((folder) =>
    rpmNames.flatMap((name) => [`${folder}/${name}`, `${folder}/${name}-wal`]),
  );
  const places = ["var/lib/dpkg/status", dpkgFolder, distrolessFolder, ...apkDatabases, ...rpm];
  return places.map((place) => root.stampOf(place)).join(" ");
}

/** One list a package: all its files, or in images without dpkg the checksums of its files. */
function readDpkg(root: HeldRoot, wanted: WantedPaths): void {
  for (const name of root.listNames(dpkgFolder)) {
    if (!name.endsWith(".list")) continue;
    // `libc6:amd64.list` where several architectures can be installed beside each other.
    const owner = name.slice(0, -".list".length).replace(/:.*$/, "");
    for (const line of root.readLines(`${dpkgFolder}/${name}`)) wanted.take(line.slice(1), owner);
  }
  for (const name of root.listNames(distrolessFolder)) {
    if (!name.endsWith(".md5sums")) continue;
    const owner = name.slice(0, -".md5sums".length);
    for (const line of root.readLines(`${distrolessFolder}/${name}`)) {
      wanted.take(line.slice(line.lastIndexOf("  ") + 2).replace(/^\.?\//, ""), owner);
    }
  }
}

/** Blocks of `K:value` lines: `P:` names the package, `F:` a folder and `R:` a file in it. */
function readApk(root: HeldRoot, database: string, wanted: WantedPaths): void {
  let owner = "";
  let folder = "";
  for (const line of root.readLines(database)) {
    if (line[1] !== ":") continue;
    const value = line.slice(2);
    if (line[0] === "P") owner = value;
    else if (line[0] === "F") folder = value;
    else if (line[0] === "R" && owner !== "") wanted.take(folder === "" ? value : `${folder}/${value}`, owner);
  }
}

function readRpm(root: HeldRoot, path: string, wanted: WantedPaths): string | null {
  const bytes = root.readFile(path);
  if (bytes === null) return null;
  const journal = root.readFile(`${path}-wal`);
  if (bytes === "too-large" || journal === "too-large") return `${path} is too large`;
  try {
    // An empty journal only says that the database was opened.
    takeRpmFiles(rpmBlobsOf(bytes, journal?.length === 0 ? null : journal), wanted);
    return null;
  } catch (error) {
    return `${path} makes no sense: ${messageOf(error)}`;
  }
}

function takeRpmFiles(blobs: Iterable<Buffer>, wanted: WantedPaths): void {
  for (const blob of blobs) {
    const header = readRpmFiles(blob);
    if (header !== null) for (const file of header.files) wanted.take(file, header.name);
  }
}
