import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { findOwners, HeldRoot, stampOfOs } from "./find-owners.ts";

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "owners-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function put(path: string, body: string | Buffer): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), body);
}

function ownersOf(...paths: string[]): string[] {
  const root = HeldRoot.open(folder);
  if (root === null) throw new Error(`${folder} is missing`);
  const { owners, problems } = findOwners(root, paths);
  root.close();
  const found = [...owners].flatMap(([path, list]) =>
    list.map((owner) => `${path} < ${owner.is === "os" ? owner.name : owner.path}`),
  );
  return [...found, ...problems];
}

describe("files of the distribution", () => {
  test("belong to the package that dpkg lists them for, under either name of a merged /usr", () => {
    put("var/lib/dpkg/info/libc6:amd64.list", "/.\n/lib\n/lib/x86_64-linux-gnu/libc.so.6\n");
    put("var/lib/dpkg/info/perl-base.list", "/.\n/usr/bin/perl\n");
    expect(ownersOf("usr/lib/x86_64-linux-gnu/libc.so.6", "usr/bin/perl", "usr/bin/perl5")).toEqual([
      "usr/lib/x86_64-linux-gnu/libc.so.6 < libc6",
      "usr/bin/perl < perl-base",
      "usr/bin/perl5 < usr/bin/perl5",
    ]);
  });

  test("are found in distroless images by their checksums", () => {
    put("var/lib/dpkg/status.d/libssl3.md5sums", `${"a".repeat(32)}  usr/lib/x86_64-linux-gnu/libssl.so.3\n`);
    expect(ownersOf("usr/lib/x86_64-linux-gnu/libssl.so.3")).toEqual([
      "usr/lib/x86_64-linux-gnu/libssl.so.3 < libssl3",
    ]);
  });

  test("are found in apk's database, also those that lie in the root", () => {
    put(
      "lib/apk/db/installed",
      "P:musl\nV:1\nF:lib\nR:ld-musl-x86_64.so.1\na:0:0:755\n\nP:tool\nF:\nR:tool\nF:bin\nR:x\n\n",
    );
    expect(ownersOf("lib/ld-musl-x86_64.so.1", "tool", "bin/x")).toEqual([
      "lib/ld-musl-x86_64.so.1 < musl",
      "tool < tool",
      "bin/x < tool",
    ]);
  });

  test("a change of the database changes its stamp", () => {
    put("var/lib/dpkg/status", "a");
    const stamp = () => {
      const root = HeldRoot.open(folder);
      return root === null ? "" : stampOfOs(root);
    };
    const before = stamp();
    expect(stamp()).toBe(before);
    put("var/lib/dpkg/status", "ab");
    expect(stamp()).not.toBe(before);
  });
});

describe("files of languages", () => {
  test.for([
    ["app/node_modules/a/node_modules/@s/b/build/x.node", "app/node_modules/a/node_modules/@s/b/package.json"],
    ["app/lib/shop.jar", "app/lib/shop.jar"],
    ["opt/jdk/bin/java", "opt/jdk/release"],
    [
      "usr/lib/ruby/gems/3.1.0/gems/json-2.6.1/lib/json.rb",
      "usr/lib/ruby/gems/3.1.0/specifications/json-2.6.1.gemspec",
    ],
    [
      "usr/local/bundle/extensions/x86_64-linux/3.1.0/nokogiri-1.13.10/n.so",
      "usr/local/bundle/specifications/nokogiri-1.13.10.gemspec",
    ],
    ["srv/shop", "srv/shop"],
  ] as const)("%s is told of by %s", ([path, record]) => {
    expect(ownersOf(path)).toContain(`${path} < ${record}`);
  });

  test("of Python belong to the distribution whose record lists them", () => {
    const site = "usr/local/lib/python3.12/site-packages";
    put(`${site}/numpy-2.0.dist-info/RECORD`, 'numpy/core/_m.so,sha256=x,12\n"numpy/a,b.so",sha256=y,3\n');
    put(`${site}/old.egg-info/top_level.txt`, "old\n");
    const files = [`${site}/numpy/core/_m.so`, `${site}/numpy/a,b.so`, `${site}/old/x.so`, `${site}/other/x.so`];
    expect(ownersOf(...files).filter((line) => /METADATA|PKG-INFO/.test(line))).toEqual([
      `${files[0]} < ${site}/numpy-2.0.dist-info/METADATA`,
      `${files[1]} < ${site}/numpy-2.0.dist-info/METADATA`,
      `${files[2]} < ${site}/old.egg-info/PKG-INFO`,
    ]);
  });
});

describe("a hostile root", () => {
  test("reaches nothing outside by links or by paths that climb", () => {
    const outside = mkdtempSync(join(tmpdir(), "outside-"));
    mkdirSync(join(outside, "dpkg/info"), { recursive: true });
    writeFileSync(join(outside, "dpkg/info/evil.list"), "/usr/bin/perl\n");
    mkdirSync(join(folder, "var/lib"), { recursive: true });
    symlinkSync(join(outside, "dpkg"), join(folder, "var/lib/dpkg"));
    mkdirSync(join(folder, "lib/apk/db"), { recursive: true });
    symlinkSync(join(outside, "dpkg/info/evil.list"), join(folder, "lib/apk/db/installed"));
    expect(ownersOf("usr/bin/perl").join()).not.toContain("evil");
    const root = HeldRoot.open(folder);
    expect(root?.openFile("../outside")).toBeNull();
    expect(root?.readFile("var/lib/dpkg/info/evil.list")).toBeNull();
    root?.close();
    rmSync(outside, { recursive: true });
  });

  test("with a pipe in the place of a database does not keep the reader waiting", () => {
    mkdirSync(join(folder, "lib/apk/db"), { recursive: true });
    execFileSync("mkfifo", [join(folder, "lib/apk/db/installed")]);
    expect(ownersOf("usr/bin/perl")).toEqual(["usr/bin/perl < usr/bin/perl"]);
  });

  test("with databases without end is given up, and says so", () => {
    for (const name of ["a", "b", "c"]) {
      put(`var/lib/dpkg/info/${name}.list`, "");
      truncateSync(join(folder, `var/lib/dpkg/info/${name}.list`), 2 ** 40);
    }
    expect(ownersOf("usr/bin/perl").at(-1)).toMatch(/too large/);
  });

  test("with lines without end, or any bytes at all, costs only what it says", () => {
    put("var/lib/dpkg/info/long.list", `/${"a".repeat(3_000_000)}\n/usr/bin/perl\n`);
    expect(ownersOf("usr/bin/perl")).toEqual(["usr/bin/perl < long"]);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.string(), (bytes, path) => {
        put("var/lib/dpkg/info/any.list", Buffer.from(bytes));
        put("lib/apk/db/installed", Buffer.from(bytes));
        put("var/lib/rpm/rpmdb.sqlite", Buffer.from(bytes));
        put("s/site-packages/a.dist-info/RECORD", Buffer.from(bytes));
        return ownersOf(path, "s/site-packages/a/b.so").length >= 0;
      }),
      { numRuns: 60 },
    );
  });

  test("paths made to be slow are judged at once", () => {
    const before = performance.now();
    ownersOf("node_modules/".repeat(20_000), "gems/a-1/".repeat(20_000), "a/site-packages".repeat(20_000));
    ownersOf("node_modules/@".repeat(300), "extensions/a/b/".repeat(270), "gems/a-".repeat(580));
    expect(performance.now() - before).toBeLessThan(2_000);
  });
});
