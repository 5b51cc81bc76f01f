import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readVector } from "../testing/vectors.ts";
import { findOwners, type FoundOwners, HeldRoot } from "./find-owners.ts";

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "owners-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function ownersIn(database: string, bytes: Buffer, file: string): FoundOwners {
  mkdirSync(dirname(join(folder, database)), { recursive: true });
  writeFileSync(join(folder, database), bytes);
  const root = HeldRoot.open(folder);
  if (root === null) throw new Error(`${folder} is missing`);
  const found = findOwners(root, [file]);
  root.close();
  return found;
}

test.for([
  ["var/lib/rpm/rpmdb.sqlite", "rpmdb/cbl-mariner-2.0__rpmdb.sqlite.gz", "usr/lib/libcrypto.so.1.1", "openssl-libs"],
  ["usr/lib/sysimage/rpm/Packages.db", "rpmdb/sle15-bci__Packages.db.gz", "usr/bin/bash", "bash"],
] as const)("files are found in %s", ([database, vector, file, name]) => {
  const { owners, problems } = ownersIn(database, readVector(vector), file);
  expect(owners.get(file)).toEqual([{ is: "os", name }]);
  expect(problems).toEqual([]);
});

test("files of a damaged database are a problem, not nobody's", () => {
  const damaged = readVector("rpmdb/cbl-mariner-2.0__rpmdb.sqlite.gz").subarray(0, 20_000);
  expect(ownersIn("var/lib/rpm/rpmdb.sqlite", damaged, "usr/bin/bash").problems).toEqual([
    expect.stringMatching(/makes no sense/),
  ]);
});
