import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readMaps } from "./read-maps.ts";

const maps = `55e0a0000000-55e0a0001000 r--p 00000000 fd:01 1234                       /usr/bin/perl
55e0a0001000-55e0a0002000 r-xp 00001000 fd:01 1234                       /usr/bin/perl
55e0a1000000-55e0a1100000 rw-p 00000000 00:00 0                          [heap]
7f0000000000-7f0000001000 r-xp 00000000 00:2e 77                         /usr/lib/x86_64-linux-gnu/libc.so.6
7f0000002000-7f0000003000 r-xp 00000000 00:2e 78                         /usr/lib/libold.so.1 (deleted)
7f0000004000-7f0000005000 rw-s 00000000 00:01 2048                       /memfd:x (deleted)
7f0000006000-7f0000007000 rw-s 00000000 00:05 2049                       /dev/zero (deleted)
7f0000008000-7f0000009000 rw-s 00000000 00:01 2050                       /SYSV00000000 (deleted)
7f000000a000-7f000000b000 rw-p 00000000 00:00 0 
7ffc00000000-7ffc00021000 rw-p 00000000 00:00 0                          [stack]
`;

describe("readMaps", () => {
  test("gives each mapped file once, also one that an update has replaced", () => {
    expect(readMaps(maps)).toEqual(["usr/bin/perl", "usr/lib/x86_64-linux-gnu/libc.so.6", "usr/lib/libold.so.1"]);
  });

  test("a path may hold blanks", () => {
    expect(readMaps("1-2 r-xp 0 fd:01 5 /srv/my app/a b.so\n")).toEqual(["srv/my app/a b.so"]);
  });

  test("any text ends in paths below the root, and soon", () => {
    const anyLine = fc.oneof(
      fc.string(),
      fc.string().map((path) => `1-2 r-xp 0 fd:01 5 /${path}`),
    );
    fc.assert(
      fc.property(fc.array(anyLine), (lines) =>
        readMaps(lines.join("\n")).every((file) => file !== "" && !file.startsWith("/")),
      ),
    );
    const before = performance.now();
    readMaps(`1-2 r-xp 0 fd:01 ${"5".repeat(1_000_000)}\n${`1-2 r-xp 0 0:0 5${" ".repeat(1_000_000)}x`}`);
    expect(performance.now() - before).toBeLessThan(1_000);
  });
});
