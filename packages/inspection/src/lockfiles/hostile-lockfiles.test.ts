import { describe, expect, test } from "vitest";
import { defaultLimits, inventoryLimits } from "../limits.ts";
import { readLockfile } from "./testing/read-lockfile.ts";

const json = ["package-lock.json", "bun.lock", "Pipfile.lock", "composer.lock", "packages.lock.json", "conan.lock"];
const deep = 50_000;

describe("hostile lock files", () => {
  test.for(json)("%s: nesting without end is an error or nothing, not a full stack", (path) => {
    const nested = `${'{"dependencies":{"a":'.repeat(deep)}1${"}}".repeat(deep)}`;
    expect(() => readLockfile(path, nested).packages.length).not.toThrow(RangeError);
  });

  test("packages inside packages of npm's first format are read to any depth", () => {
    const nested = `${'{"dependencies":{"a":{"version":"1.0.0","x":0},"b":'.repeat(5000)}{}${"}}".repeat(5000)}`;
    expect(readLockfile("package-lock.json", nested).packages).toEqual(["a@1.0.0"]);
  });

  test.for([
    ["pnpm-lock.yaml", `packages: ${"[".repeat(deep)}`],
    ["pnpm-lock.yaml", `packages: ${"{a: ".repeat(deep)}`],
    ["poetry.lock", `package = ${"[".repeat(deep)}`],
    ["pom.xml", "<project>".repeat(deep)],
  ] as const)("%s: nesting without end is refused", ([path, text]) => {
    expect(() => readLockfile(path, text)).toThrow(/max|nested|deep/);
  });

  test("aliases of YAML, which multiply, are refused", () => {
    expect(() => readLockfile("pnpm-lock.yaml", "a: &a [x, x]\nb: &b [*a, *a]\npackages: {c: *b}")).toThrow(/alias/);
  });

  test("entities that a document declares are not expanded", () => {
    const bomb = '<!DOCTYPE project [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><project>&b;</project>';
    expect(() => readLockfile("pom.xml", bomb)).toThrow(/entity/);
    const file = '<!DOCTYPE project [<!ENTITY a SYSTEM "file:///etc/passwd">]><project>&a;</project>';
    expect(() => readLockfile("pom.xml", file)).toThrow(/entity/);
  });

  test("properties of Maven that multiply or name themselves come to an end", () => {
    const doubling = Array.from({ length: 40 }, (_, at) => `<p${at}>\${p${at + 1}}\${p${at + 1}}</p${at}>`).join("");
    for (const properties of [doubling, "<p0>${p0}</p0>", `<p0>${"x".repeat(1_000_000)}</p0>`]) {
      const dependency =
        "<dependency><groupId>g</groupId><artifactId>a</artifactId><version>${p0}</version></dependency>";
      const text = `<project><properties>${properties}</properties><dependencies>${dependency}</dependencies></project>`;
      expect(readLockfile("pom.xml", text)).toEqual({ packages: [], problem: expect.stringContaining("g:a") });
    }
  });

  test("names of an object's own machinery are names like others, and change nothing", () => {
    const entry = '{"version":"1.0.0"}';
    const text = `{"packages":{"node_modules/__proto__":${entry},"node_modules/constructor":${entry},"__proto__":{"version":"1"}}}`;
    expect(readLockfile("package-lock.json", text).packages).toContain("constructor@1.0.0");
    readLockfile("pnpm-lock.yaml", "__proto__: {packages: 1}\npackages:\n  __proto__: {version: 1.0.0, name: a}\n");
    readLockfile("poetry.lock", '[__proto__]\nversion = "1"\n[[package]]\nname = "a"\nversion = "1"\n');
    readLockfile("pom.xml", "<project><properties><__proto__>1</__proto__></properties></project>");
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(({} as Record<string, unknown>)["version"]).toBeUndefined();
  });

  test("numbers beyond all measure stand where text is expected and are no versions", () => {
    const huge = "9".repeat(100_000);
    const npm = readLockfile("package-lock.json", `{"packages":{"node_modules/a":{"version":${huge}}}}`);
    expect(npm).toEqual({ packages: [], problem: expect.stringContaining("a") });
    expect(() => readLockfile("poetry.lock", `[[package]]\nname = "a"\nversion = ${huge}`)).not.toThrow(RangeError);
  });

  test("what no inventory could carry is counted", () => {
    const long = "a".repeat(inventoryLimits.nameLengthMax + 1);
    const { packages, problem } = readLockfile("requirements.txt", `${long}==1\nb==1\n`);
    expect(packages).toEqual(["b@1"]);
    expect(problem).toBe("1 more than can be kept");
  });

  test("a file of nothing but line ends is refused before it fills the memory", () => {
    const bytes = Buffer.alloc(defaultLimits.lockfileBytesMax, "\n");
    for (const path of ["yarn.lock", "go.mod", "pnpm-lock.yaml", "package-lock.json", "uv.lock"]) {
      expect(() => readLockfile(path, bytes)).toThrow("more than 1500000 lines and values");
    }
  });

  test.for([
    ["yarn.lock", "a@1:\n  version", " ", '"x'],
    ["requirements.txt", "a [x]", " ", "\u2028!"],
    ["go.mod", "", "/", "\u2028"],
    ["mix.lock", "", " ", "x"],
    ["mix.lock", '"a": ', '{:hex, :a, "', ""],
    ["gradle.lockfile", "a", ":", "="],
    ["Gemfile.lock", "GEM\n    a (", "(", "x"],
    ["conan.lock", '{"requires":["', "a/", '"]}'],
    ["pnpm-lock.yaml", "packages:\n  ? ", "a.", "\n  : {}"],
    ["Package.resolved", '{"pins":[{"identity":"a","state":{},"location":"', "a+", '"}]}'],
  ] as const)("%s: a line of a million signs takes no longer than it is long", ([path, head, sign, tail]) => {
    const text = head + sign.repeat(1_000_000 / sign.length) + tail;
    const start = performance.now();
    expect(() => readLockfile(path, text).packages.length).not.toThrow(RangeError);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
