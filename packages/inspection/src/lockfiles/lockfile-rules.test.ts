import { describe, expect, test } from "vitest";
import { readLockfile } from "./testing/read-lockfile.ts";

const pom = (inside: string) => `<project>${inside}</project>`;
const dependency = (version: string) =>
  `<dependency><groupId>g</groupId><artifactId>a</artifactId><version>${version}</version></dependency>`;

describe("what lock files declare", () => {
  test("a package without an exact version is told of, not dropped", () => {
    const { packages, problem } = readLockfile(
      "requirements.txt",
      "flask\nrequests>=2\ndjango==5.0\nurllib3 @ https://x\n",
    );
    expect(packages).toEqual(["django@5.0"]);
    expect(problem).toBe("not matched, as no exact version is named: flask, requests, urllib3");
  });

  test("many packages without a version are counted, not listed", () => {
    const { problem } = readLockfile("requirements.txt", Array.from({ length: 500 }, (_, at) => `p${at}`).join("\n"));
    expect(problem).toBe("not matched, as no exact version is named: p0, p1, p2 and 497 more");
  });

  test("a list that a Windows shell wrote as UTF-16 is read", () => {
    const text = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from("Django==5.0\r\nPyYAML==6.0\r\n", "utf16le")]);
    expect(readLockfile("requirements.txt", text).packages).toEqual(["django@5.0", "pyyaml@6.0"]);
  });

  test("names of Python packages take the form that advisories use", () => {
    expect(readLockfile("poetry.lock", '[[package]]\nname = "Ruamel.YAML"\nversion = "0.1"').packages).toEqual([
      "ruamel-yaml@0.1",
    ]);
  });

  test("what stands in the repository itself is not a package of a registry", () => {
    const npm = {
      packages: { "": { version: "1.0.0" }, web: {}, "node_modules/web": { link: true, resolved: "web" } },
    };
    expect(readLockfile("package-lock.json", JSON.stringify(npm))).toEqual({ packages: [], problem: undefined });
    const uv = '[[package]]\nname = "app"\nversion = "1.0"\nsource = { editable = "." }';
    expect(readLockfile("uv.lock", uv)).toEqual({ packages: [], problem: undefined });
    const go = "go 1.22\nrequire example.com/own v0.0.0\nreplace example.com/own => ../own";
    expect(readLockfile("go.mod", go).packages).toEqual(["stdlib@1.22"]);
  });

  test("packages for development are declared like all others", () => {
    const lock = { packages: { "node_modules/jest": { version: "29.0.0", dev: true } } };
    expect(readLockfile("package-lock.json", JSON.stringify(lock)).packages).toEqual(["jest@29.0.0"]);
  });

  test("each name and version is given once, however often it is installed", () => {
    const entry = { version: "1.0.0" };
    const lock = { packages: { "node_modules/a": entry, "node_modules/b/node_modules/a": entry } };
    expect(readLockfile("package-lock.json", JSON.stringify(lock)).packages).toEqual(["a@1.0.0"]);
  });

  test("go.sum names what was downloaded, not what only had its go.mod read", () => {
    const text = "example.com/a v1.0.0 h1:x=\nexample.com/a v1.0.0/go.mod h1:y=\nexample.com/b v2.0.0/go.mod h1:z=\n";
    expect(readLockfile("go.sum", text)).toEqual({ packages: ["example.com/a@1.0.0"], problem: undefined });
  });

  test("a go.mod names the standard library of its toolchain, or else of its go line", () => {
    expect(readLockfile("go.mod", "go 1.23.1\ntoolchain go1.23.6").packages).toEqual(["stdlib@1.23.6"]);
    expect(readLockfile("go.mod", "go 1.23.1\ntoolchain default").packages).toEqual(["stdlib@1.23.1"]);
    expect(readLockfile("go.mod", "go 1.22rc1").packages).toEqual(["stdlib@1.22.0-rc.1"]);
    expect(readLockfile("go.mod", "module a").packages).toEqual([]);
  });

  test("a go.mod of the time before 1.17 says that modules are missing", () => {
    expect(readLockfile("go.mod", "go 1.16\nrequire example.com/a v1.0.0").problem).toContain("older than 1.17");
    expect(readLockfile("go.mod", "go 1.17\nrequire example.com/a v1.0.0").problem).toBeUndefined();
  });

  test("a Swift package is named by its address, in each of the three formats and spellings", () => {
    const state = { version: "1.2.3" };
    const first = {
      object: { pins: [{ package: "nio", repositoryURL: "https://github.com/apple/swift-nio.git", state }] },
      version: 1,
    };
    const third = { pins: [{ identity: "nio", location: "git@github.com:apple/swift-nio", state }], version: 3 };
    const registry = { pins: [{ identity: "mona.list", kind: "registry", location: "", state }], version: 3 };
    expect(readLockfile("Package.resolved", JSON.stringify(first)).packages).toEqual([
      "github.com/apple/swift-nio@1.2.3",
    ]);
    expect(readLockfile("Package.resolved", JSON.stringify(third)).packages).toEqual([
      "github.com/apple/swift-nio@1.2.3",
    ]);
    expect(readLockfile("Package.resolved", JSON.stringify(registry)).packages).toEqual(["mona.list@1.2.3"]);
  });

  test("versions of a pom.xml come from its own properties and management; brackets with one version are exact", () => {
    const own = pom(`<version>3</version><dependencies>${dependency("${project.version}")}</dependencies>`);
    expect(readLockfile("pom.xml", own).packages).toEqual(["g:a@3"]);
    expect(readLockfile("pom.xml", pom(`<dependencies>${dependency("[1.5]")}</dependencies>`)).packages).toEqual([
      "g:a@1.5",
    ]);
    expect(readLockfile("pom.xml", pom(`<dependencies>${dependency("${unknown}")}</dependencies>`)).problem).toContain(
      "g:a",
    );
  });

  test("versions are text: 1.10 does not become 1.1", () => {
    expect(readLockfile("pubspec.lock", "packages:\n  path:\n    version: 1.10\n").packages).toEqual(["path@1.10"]);
    expect(readLockfile("pnpm-lock.yaml", "packages:\n  a@1.10.0: {version: 1.10}\n").packages).toEqual(["a@1.10"]);
  });

  test("what pnpm needs for itself stands in a document of its own and is declared too", () => {
    const text = "---\npackages:\n  pnpm@11.0.3: {}\n---\npackages:\n  react@19.0.0: {}\n";
    expect(readLockfile("pnpm-lock.yaml", text)).toEqual({
      packages: ["pnpm@11.0.3", "react@19.0.0"],
      problem: undefined,
    });
  });

  test("a comment in a list of requirements ends with its line, whatever stands last in it", () => {
    const text =
      "# see below \\\ndjango==5.0 \\\n  --hash=sha256:12 \\\n  --hash=sha256:34 # as of May\nflask==3.0#x\n";
    expect(readLockfile("requirements.txt", text).packages).toEqual(["django@5.0"]);
  });

  test("bun's binary lock file is not passed over in silence", () => {
    expect(readLockfile("bun.lockb", "").problem).toContain("bun install --save-text-lockfile");
  });

  test.for([
    ["yarn.lock", '<<<<<<< HEAD\na@1:\n  version "1.0.0"\n=======\n'],
    ["Gemfile.lock", "GEM\n  specs:\n<<<<<<< HEAD\n    rack (2.0.0)\n=======\n"],
    ["go.mod", "go 1.22\n<<<<<<< HEAD\nrequire a v1.0.0\n=======\n"],
    ["mix.lock", '%{\n<<<<<<< HEAD\n  "a": {:hex, :a, "1.0.0", "x"},\n=======\n}\n'],
    ["requirements.txt", "<<<<<<< HEAD\na==1.0\n=======\n"],
    ["gradle.lockfile", "<<<<<<< HEAD\ng:a:1.0=x\n=======\n"],
  ] as const)("%s with an unfinished merge is never clean", ([path, text]) => {
    expect(readLockfile(path, text).problem).toContain("<<<<<<< HEAD");
  });
});
