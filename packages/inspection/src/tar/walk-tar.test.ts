import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { buildTar } from "../testing/archives.ts";
import type { Entry } from "../testing/archives.ts";
import { TarWalker } from "./walk-tar.ts";

type Seen = { kind: string; name: string; linkName: string; body: string };
const limits = { entriesMax: 1000, headerBytesMax: 65_536 };

function walk(archive: Buffer, cuts: readonly number[] = []): Seen[] {
  const seen: Seen[] = [];
  const walker = new TarWalker(({ kind, name, linkName }) => {
    const one = { kind, name, linkName, body: "" };
    seen.push(one);
    return { write: (bytes) => void (one.body += bytes.toString("latin1")), end: () => {} };
  }, limits);
  let at = 0;
  for (const cut of [...cuts.toSorted((a, b) => a - b), archive.length]) {
    walker.push(archive.subarray(at, cut));
    at = cut;
  }
  walker.end();
  return seen;
}

const longName = `${"folder/".repeat(40)}file`;
const sample: readonly Entry[] = [
  { name: "etc/", type: "directory" },
  { name: "etc/empty" },
  { name: "etc/hosts", body: "127.0.0.1 localhost" },
  { name: longName, body: "x".repeat(1500) },
  { name: "größe/日本", body: "unicode" },
  { name: "link", type: "symlink", linkname: "etc/hosts" },
  { name: "hard", type: "link", linkname: `${"target/".repeat(30)}file` },
];

describe("TarWalker", () => {
  test("tells each entry with its body, long and foreign names included", async () => {
    const seen = walk(await buildTar(sample));
    expect(seen.map(({ name }) => name)).toEqual(sample.map(({ name }) => name));
    expect(seen[2]).toEqual({ kind: "file", name: "etc/hosts", linkName: "", body: "127.0.0.1 localhost" });
    expect(seen[3]?.body).toBe("x".repeat(1500));
    expect(seen[5]).toMatchObject({ kind: "symlink", linkName: "etc/hosts" });
    expect(seen[6]).toMatchObject({ kind: "hardlink", linkName: `${"target/".repeat(30)}file` });
  });

  test("how the archive is cut into chunks changes nothing", async () => {
    const archive = await buildTar(sample);
    const whole = walk(archive);
    const cuts = fc.array(fc.nat(archive.length), { maxLength: 30 });
    fc.assert(
      fc.property(cuts, (places) => {
        expect(walk(archive, places)).toEqual(whole);
      }),
    );
  });

  test("an archive that ends inside a file is corrupt", async () => {
    const archive = await buildTar([{ name: "a", body: "x".repeat(2000) }]);
    expect(() => walk(archive.subarray(0, 1000))).toThrow("ends inside a file");
    expect(() => walk(archive.subarray(0, 300))).toThrow("ends inside a header");
  });

  test("any single damaged byte of a header is noticed", async () => {
    const archive = await buildTar([{ name: "etc/hosts", body: "x" }]);
    fc.assert(
      fc.property(fc.nat(511), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const damaged = Buffer.from(archive);
        damaged[at] = ((damaged[at] ?? 0) + change) % 256;
        // Within the checksum field some bytes only pad the number.
        if (at >= 148 && at < 156) return;
        expect(() => walk(damaged)).toThrow("not a sound tar archive");
      }),
    );
  });

  test("bytes that are no archive are refused", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 512, maxLength: 4096 }), (bytes) => {
        fc.pre(bytes.subarray(0, 512).some((byte) => byte !== 0));
        expect(() => walk(Buffer.from(bytes))).toThrow("not a sound tar archive");
      }),
    );
  });

  test("more entries than allowed are refused", async () => {
    const walker = new TarWalker(() => null, { ...limits, entriesMax: 2 });
    const archive = await buildTar([{ name: "a" }, { name: "b" }, { name: "c" }]);
    expect(() => walker.push(archive)).toThrow("More than 2 entries");
  });

  test("a name that claims to be longer than allowed is refused before it is read", async () => {
    const walker = new TarWalker(() => null, { ...limits, headerBytesMax: 64 });
    const archive = await buildTar([{ name: longName }]);
    expect(() => walker.push(archive)).toThrow("too long");
  });

  test("what follows the end of the archive is ignored", async () => {
    const archive = await buildTar([{ name: "a", body: "x" }]);
    expect(walk(Buffer.concat([archive, Buffer.from("garbage".repeat(200))]))).toHaveLength(1);
  });
});
