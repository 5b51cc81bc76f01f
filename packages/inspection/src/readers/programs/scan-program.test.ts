import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { defaultLimits } from "../../limits.ts";
import { buildElf } from "../../testing/elf-file.ts";
import { goBuildInfo, rustAudit } from "../../testing/program-parts.ts";
import type { ReaderResult } from "../reader.ts";
import { scanProgram } from "./scan-program.ts";

type Told = Readonly<{ packages: readonly string[]; problem?: string }>;

function scan(bytes: Buffer, path = "usr/bin/tool", pieceBytes = 64 * 1024, limits = defaultLimits): Told {
  let result: ReaderResult | null = null;
  const sink = scanProgram(path, bytes.length, limits, (given) => void (result = given));
  for (let at = 0; at < bytes.length; at += pieceBytes) sink.write(bytes.subarray(at, at + pieceBytes));
  sink.end();
  return told(result);
}

function scanSkipping(bytes: Buffer, path: string): { skipping: Told; read: number } {
  let result: ReaderResult | null = null;
  const sink = scanProgram(path, bytes.length, defaultLimits, (given) => void (result = given));
  let read = 0;
  for (let at = 0; at < bytes.length; at = Math.max(at + 4096, sink.skipTo?.() ?? 0)) {
    const piece = bytes.subarray(at, at + 4096);
    sink.write(piece);
    read += piece.length;
  }
  sink.end();
  return { skipping: told(result), read };
}

function told(result: ReaderResult | null): Told {
  const content = result?.content ?? null;
  const packages = content?.is === "packages" ? content.packages : [];
  return {
    packages: packages.map(({ kind, name, version }) => `${kind} ${name} ${version}`),
    ...(result?.problem !== undefined && { problem: result.problem }),
  };
}

const modules = [
  "path\tgithub.com/acme/tool/cmd",
  "mod\tgithub.com/acme/tool\t(devel)\t",
  "dep\tgolang.org/x/net\tv0.7.0\th1:x=",
  "dep\tgithub.com/old/name\tv1.0.0",
  "=>\tgithub.com/new/name\tv1.2.0\th1:y=",
  "dep\tgithub.com/acme/part\tv0.3.0",
  "=>\t./part\t(devel)\t",
  'build\t-ldflags="-s -w -X github.com/acme/tool/internal.Version=v2.4.1"',
  "build\tCGO_ENABLED=0",
  "",
].join("\n");
const goPackages = [
  "go stdlib 1.19.9",
  "go github.com/acme/tool 2.4.1",
  "go golang.org/x/net 0.7.0",
  "go github.com/new/name 1.2.0",
  "go github.com/acme/part 0.3.0",
];
const goProgram = (version = "go1.19.9", text = modules, before = 48_000) =>
  buildElf({ data: Buffer.concat([Buffer.alloc(before), goBuildInfo(version, text), Buffer.alloc(9000)]) });

const crates = [
  { name: "shop", version: "1.0.0", source: "local", root: true },
  { name: "shop-core", version: "1.0.0", source: "local" },
  { name: "time", version: "0.1.43", source: "crates.io" },
  { name: "cc", version: "1.0.0", source: "crates.io", kind: "build" },
];
const rustProgram = buildElf({
  data: Buffer.alloc(5000),
  sections: { ".comment": Buffer.from("rustc"), ".dep-v0": rustAudit(crates), ".symtab": Buffer.alloc(30_000, 7) },
});
const redis = buildElf({ text: Buffer.concat([Buffer.alloc(90_000), Buffer.from("\x007.0.15\0c11-builtin\0rest")]) });

describe("scanProgram", () => {
  test("reads the Go version and all modules, with what stood in for them", () => {
    expect(scan(goProgram())).toEqual({ packages: goPackages });
  });

  test("however the file is cut into pieces, it tells the same", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 70_000 }), (pieceBytes) => {
        expect(scan(goProgram(), "tool", pieceBytes)).toEqual({ packages: goPackages });
        expect(scan(redis, "redis-server", pieceBytes).packages).toEqual(["binary redis 7.0.15"]);
        expect(scan(rustProgram, "shop", pieceBytes).packages).toEqual(["rust shop 1.0.0", "rust time 0.1.43"]);
      }),
      { numRuns: 40, examples: [[1], [511], [512]] },
    );
  });

  test("bytes that it does not want change nothing, and of a large library they are most", () => {
    const library = buildElf({ text: Buffer.alloc(9_000_000), sections: { ".dep-v0": rustAudit(crates) } });
    for (const [bytes, name] of [
      [goProgram(), "tool"],
      [redis, "redis-server"],
      [library, "shop"],
    ] as const) {
      const { skipping, read } = scanSkipping(bytes, name);
      expect(skipping).toEqual(scan(bytes, name));
      if (bytes === library) expect(read).toBeLessThan(100_000);
    }
  });

  test.for([
    ["go1.22", ["go stdlib 1.22"]],
    ["go1.22rc1", ["go stdlib 1.22.0-rc.1"]],
    ["go1.21.4 X:boringcrypto", ["go stdlib 1.21.4"]],
  ] as const)("a program of %s without modules is %j", ([version, expected]) => {
    expect(scan(goProgram(version, ""))).toEqual({ packages: expected });
  });

  test("a Go program that says neither version nor modules is told, not taken for clean", () => {
    expect(scan(goProgram("devel go1.23-abcdef", ""))).toMatchObject({
      packages: [],
      problem: expect.stringContaining("neither"),
    });
  });

  test("a Go before 1.18, whose build info is elsewhere, is said and not passed over", () => {
    const info = goBuildInfo("", "");
    info[15] = 0;
    expect(scan(buildElf({ data: info }))).toMatchObject({ packages: [], problem: expect.stringContaining("1.18") });
  });

  test("where no build info leads to the list of modules, the marks around it do", () => {
    const note = Buffer.from("\x04\0\0\0\x53\0\0\0\x04\0\0\0Go\0\0build-id", "latin1");
    const begins = Buffer.from("3077af0c9274080241e1c107e6d618e6", "hex");
    const ends = Buffer.from("f932433186182072008242104116d8f2", "hex");
    const list = Buffer.concat([begins, Buffer.from(modules), ends]);
    const text = [note, Buffer.alloc(90_000), list, Buffer.from("\0go1.19.9\0/src/go1.13.go\0"), Buffer.alloc(9000)];
    expect(scan(buildElf({ text: Buffer.concat(text), data: Buffer.alloc(9000) })).packages).toEqual(goPackages);
  });

  test("a program that reads build info of others is no Go program because of the marker's text", () => {
    expect(scan(buildElf({ data: Buffer.concat([Buffer.alloc(5), goBuildInfo("go1.19", modules)]) })).packages).toEqual(
      [],
    );
    expect(scan(buildElf({ text: goBuildInfo("go1.19", modules.repeat(1000)) })).packages).toEqual([]);
  });

  test("a list of modules that is cut short is said", () => {
    const whole = goBuildInfo("go1.19.9", modules);
    const { packages, problem } = scan(buildElf({ data: whole.subarray(0, whole.length - 40) }));
    expect(packages).toEqual(["go stdlib 1.19.9"]);
    expect(problem).toContain("cut short");
  });

  test("crates that make no sense are said", () => {
    const broken = buildElf({ sections: { ".dep-v0": Buffer.from("no zlib") } });
    expect(scan(broken)).toMatchObject({ packages: [], problem: expect.stringContaining("crates") });
  });

  test("a bomb of crates is not unpacked", () => {
    const bomb = rustAudit([{ name: "x".repeat(40_000_000), version: "1", source: "crates.io" }]);
    expect(scan(buildElf({ sections: { ".dep-v0": bomb } })).problem).toContain("crates");
  });

  test("what follows the loaded part is kept up to a limit only", () => {
    const limits = { ...defaultLimits, programPartBytesMax: 10_000 };
    expect(scan(rustProgram, "shop", 64 * 1024, limits)).toEqual({ packages: [] });
  });

  test.for([
    ["usr/local/bin/node", "\0node.js/v20.11.1\0", "binary node 20.11.1"],
    ["usr/local/bin/python3.11", "\x003.40.1\0\x003.11.2\0", "binary python 3.11.2"],
    ["usr/local/lib/libpython3.8.so.1.0", "\x003.8.10+\0", "binary python 3.8.10"],
    ["usr/sbin/nginx", "nginx version: nginx/1.22.1\n", "binary nginx 1.22.1"],
    ["usr/local/apache2/bin/httpd", "\0Apache/2.4.57 (Unix)\0", "binary apache 2.4.57"],
    ["usr/local/bin/redis-server", "x7.2.4buildkitsandbox-1704870000000000000\0", "binary redis 7.2.4"],
    ["usr/local/bin/redis-server", "x4.0.11841ce7054bd9-1542359302000000000\0", "binary redis 4.0.11"],
    ["usr/local/bin/php", "X-Powered-By: PHP/8.2.15\0", "binary php 8.2.15"],
    ["usr/local/lib/libruby.so.3.2.1", "\0ruby 3.2.1 (2023-02-08 revision 3)", "binary ruby 3.2.1"],
    ["usr/local/bin/postgres", "to PostgreSQL 9.1.\0\0PostgreSQL 15.4 on x86_64", "binary postgresql 15.4"],
    ["usr/sbin/mariadbd", "\x0010.11.6-MariaDB\0", "binary mariadb 10.11.6"],
    ["usr/sbin/mysqld", "/build/mysql-8.0.33/sql/x.cc", "binary mysql 8.0.33"],
    ["usr/local/sbin/haproxy", " version 2.8.3-86e043a, released 2023/09/07", "binary haproxy 2.8.3"],
    ["usr/local/bin/envoy", "\0abc/1.27.0/Clean/RELEASE/BoringSSL", "binary envoy 1.27.0"],
    ["bin/busybox", "BusyBox v1.36.1 (2023-07-17)", "binary busybox 1.36.1"],
    ["usr/local/lib/libcrypto.so.1.1", "\0OpenSSL 1.1.1k  25 Mar 2021\0", "binary openssl 1.1.1k"],
    ["usr/local/bin/perl5.36.0", "\0v5.36.0\0", "binary perl 5.36.0"],
  ] as const)("%s with %j is %s", ([path, text, expected]) => {
    expect(scan(buildElf({ text: Buffer.concat([Buffer.alloc(80_000), Buffer.from(text)]) }), path).packages).toEqual([
      expected,
    ]);
  });

  test("a name alone makes no program, nor does a version without the name", () => {
    expect(scan(Buffer.from(`#!/bin/sh\nnode.js/v20.11.1${" ".repeat(70_000)}`), "bin/node").packages).toEqual([]);
    expect(scan(redis, "bin/other").packages).toEqual([]);
  });

  test("what is no program is known after its first bytes", () => {
    const sink = scanProgram("bin/x", 1_000_000, defaultLimits, () => undefined);
    sink.write(Buffer.alloc(4096, "text"));
    expect(sink.skipTo?.()).toBe(1_000_000);
  });
});

describe("whatever the bytes are", () => {
  const samples = [
    ["go", goProgram("go1.19.9", modules, 512)],
    ["rust", rustProgram],
    ["redis-server", redis],
  ] as const;
  const change = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 0, max: 255 }));

  test.for(samples)("%s with a few bytes changed or cut off ends, and says what it found", ([path, sample]) => {
    // Most of a program is never looked at; headers, build info and the tail are.
    const heads = fc.array(fc.tuple(fc.nat(400), fc.integer({ min: 0, max: 255 })), { maxLength: 6 });
    fc.assert(
      fc.property(heads, fc.array(change, { maxLength: 6 }), fc.nat(60_000), (head, changes, cut) => {
        const bytes = Buffer.from(sample.subarray(0, Math.max(66_000, sample.length - cut)));
        for (const [at, value] of head) bytes[at] = value;
        for (const [part, value] of changes) bytes[Math.floor(part * (bytes.length - 1))] = value;
        expect(Array.isArray(scan(bytes, path).packages)).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  test("noise behind each magic number ends", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("\x7fELF\x02\x01", "\x7fELF\x01\x02", "MZ", "\xcf\xfa\xed\xfe"),
        fc.uint8Array({ minLength: 256, maxLength: 2000 }),
        (magic, noise) => {
          const bytes = Buffer.alloc(70_000);
          for (let at = 0; at < bytes.length; at += noise.length) bytes.set(noise.subarray(0, bytes.length - at), at);
          bytes.write(magic, "latin1");
          expect(Array.isArray(scan(bytes).packages)).toBe(true);
        },
      ),
      { numRuns: 150 },
    );
  });
});
