import { describe, expect, test } from "vitest";
import type { FoundPackage } from "../layers/layer-result.ts";
import { readVector, readVectorRows } from "../testing/vectors.ts";
import { readRpmDatabase } from "./rpm.ts";

function packagesIn(path: string): FoundPackage[] {
  const content = readRpmDatabase(readVector(path));
  return "packages" in content ? content.packages : [];
}

function toRow({ name, version, architecture = "" }: FoundPackage): string {
  return `${name} ${version} ${architecture}`;
}

function fromRow([name = "", epoch = "", version = "", release = "", architecture = ""]: string[]): string {
  return `${name} ${epoch === "" || epoch === "0" ? "" : `${epoch}:`}${version}-${release} ${architecture.replace("(none)", "")}`;
}

describe("readRpmDatabase", () => {
  test("gives what rpm -qa lists of a SQLite database", () => {
    const rows = readVectorRows("rpmdb/cbl-mariner-2.0.expected.tsv.gz").filter(([name]) => name !== "gpg-pubkey");
    expect(packagesIn("rpmdb/cbl-mariner-2.0__rpmdb.sqlite.gz").map(toRow).sort()).toEqual(rows.map(fromRow).sort());
  });

  test("knows the programs and libraries of its packages", () => {
    const content = readRpmDatabase(readVector("rpmdb/cbl-mariner-2.0__rpmdb.sqlite.gz"));
    const owned = "owned" in content ? content.owned : [];
    expect(owned).toEqual(expect.arrayContaining(["bin/bash", "usr/lib/libcrypto.so.1.1"]));
    expect(owned.filter((path) => path.startsWith("usr/share/man/"))).toEqual([]);
  });

  test("gives the packages of an NDB database", () => {
    const rows = readVectorRows("rpmdb/inventories.tsv.gz").filter(([image]) => image === "SLE15WithNDB");
    const wanted = rows.map((row) => fromRow(row.slice(1))).filter((row) => !row.startsWith("gpg-pubkey "));
    expect(packagesIn("rpmdb/sle15-bci__Packages.db.gz").map(toRow).sort()).toEqual(wanted.sort());
  });

  test("gives the package of a Berkeley DB database", () => {
    const [found, ...others] = packagesIn("rpmdb/libuuid__Packages.gz");
    expect(others).toEqual([]);
    expect(found).toMatchObject({ name: "libuuid", kind: "os" });
  });

  test.for(["rpmdb/cbl-mariner-2.0__rpmdb.sqlite.gz", "rpmdb/sle15-bci__Packages.db.gz", "rpmdb/libuuid__Packages.gz"])(
    "%s cut short or overwritten ends in an error or fewer packages, never in a hang",
    (path) => {
      const whole = readVector(path);
      for (let part = 1; part < 40; part += 1) {
        const broken = Buffer.from(whole.subarray(0, Math.floor((whole.length * part) / 40)));
        for (let at = part; at < broken.length; at += 4093) broken[at] = (part * 37) % 256;
        try {
          readRpmDatabase(broken);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }
    },
  );
});
