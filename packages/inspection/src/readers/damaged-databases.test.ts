import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { FileContent } from "../layers/layer-result.ts";
import { damaged, damages } from "../testing/damage.ts";
import { readVector, readVectorArchive } from "../testing/vectors.ts";
import { readApkInstalled } from "./apk.ts";
import { readDpkgStatus } from "./dpkg.ts";
import { readRpmDatabase } from "./rpm.ts";

/** One reading of one file; a healthy one takes a few milliseconds. */
const readingMsMax = 5_000;
const numRuns = 250;

const texts = [...readVectorArchive("osdb/os-package-dbs.tar.gz")];
const apk = texts.find(([name]) => name.includes("/apk/testdata/"));
const dpkg = texts.find(([name]) => name.includes("/dpkg/testdata/"));

describe("a damaged database ends in an error or in fewer packages, never in a crash or a hang", () => {
  test.for<[string, Buffer | undefined, (bytes: Buffer) => FileContent | null]>([
    ["rpm, SQLite", readVector("rpmdb/cbl-mariner-2.0__rpmdb.sqlite.gz"), readRpmDatabase],
    ["rpm, NDB", readVector("rpmdb/sle15-bci__Packages.db.gz"), readRpmDatabase],
    ["rpm, Berkeley DB", readVector("rpmdb/libuuid__Packages.gz"), readRpmDatabase],
    ["apk", apk?.[1], readApkInstalled],
    ["dpkg", dpkg?.[1], readDpkgStatus],
  ])("%s", ([, whole, read]) => {
    expect(whole).toBeDefined();
    fc.assert(
      fc.property(damages, (damage) => {
        const startedAt = performance.now();
        try {
          read(damaged(whole ?? Buffer.alloc(0), damage));
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
        }
        expect(performance.now() - startedAt).toBeLessThan(readingMsMax);
      }),
      { numRuns },
    );
  });
});
