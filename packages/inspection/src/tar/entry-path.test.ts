import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { resolveLink, toEntryPath } from "./entry-path.ts";

describe("toEntryPath", () => {
  test.for([
    ["etc/passwd", "etc/passwd"],
    ["./etc/passwd", "etc/passwd"],
    ["/etc//passwd", "etc/passwd"],
    ["a/../b", "b"],
    ["a/./b/", "a/b"],
    ["./", ""],
    [".wh.a", ".wh.a"],
    ["..", null],
    ["../etc/passwd", null],
    ["a/../../etc/passwd", null],
    ["/../etc/passwd", null],
  ] as const)("%s becomes %s", ([name, path]) => {
    expect(toEntryPath(name)).toBe(path);
  });

  test("whatever the name, the path stays inside the root", () => {
    const part = fc.constantFrom("..", ".", "", "a", "b.c", "...", ".wh.x");
    const name = fc.array(part, { maxLength: 12 }).map((parts) => parts.join("/"));
    fc.assert(
      fc.property(fc.oneof(name, fc.string()), (given) => {
        const path = toEntryPath(given);
        if (path === null || path === "") return;
        const parts = path.split("/");
        expect(parts).not.toContain("..");
        expect(parts).not.toContain(".");
        expect(parts).not.toContain("");
      }),
    );
  });
});

describe("resolveLink", () => {
  test.for([
    ["usr/bin/sh", "dash", "usr/bin/dash"],
    ["etc/os-release", "../usr/lib/os-release", "usr/lib/os-release"],
    ["bin", "usr/bin", "usr/bin"],
    ["a/b", "/etc/passwd", "etc/passwd"],
    ["a/b", "../../etc/passwd", null],
  ] as const)("%s -> %s leads to %s", ([path, target, resolved]) => {
    expect(resolveLink(path, target)).toBe(resolved);
  });
});
