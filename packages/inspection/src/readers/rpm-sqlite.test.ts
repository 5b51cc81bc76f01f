import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { readVector } from "../testing/vectors.ts";
import { readRpmDatabase } from "./rpm.ts";

const whole = readVector("rpmdb/cbl-mariner-2.0__rpmdb.sqlite.gz");

function namesIn(bytes: Buffer, journal: Buffer | null = null): string[] {
  const content = readRpmDatabase(bytes, journal);
  return "packages" in content ? content.packages.map(({ name }) => name).sort() : [];
}

test("what the write-ahead log holds counts, as SQLite itself would count it", async () => {
  const folder = await mkdtemp(join(tmpdir(), "rampart-sqlite-"));
  try {
    const path = join(folder, "rpmdb.sqlite");
    await writeFile(path, whole);
    const database = new DatabaseSync(path, { enableForeignKeyConstraints: false });
    database.exec("pragma journal_mode = wal; pragma wal_autocheckpoint = 0");
    const main = await readFile(path);
    database.exec("delete from Packages where hnum in (select hnum from Packages order by hnum limit 40)");
    database.exec("begin; delete from Packages; rollback");
    await copyFile(`${path}-wal`, join(folder, "log"));
    database.close();
    const journal = await readFile(join(folder, "log"));
    expect(namesIn(main)).toHaveLength(namesIn(whole).length);
    expect(namesIn(main, journal)).toEqual(namesIn(await readFile(path)));
    expect(namesIn(main, journal).length).toBeLessThan(namesIn(whole).length);
    // A log that breaks off in the middle of the transaction is as if the transaction had not been.
    expect(namesIn(main, journal.subarray(0, 32 + 4120))).toEqual(namesIn(whole));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
