import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openDataDir } from "./open.ts";
import { isNewer } from "./version.ts";

let folder = "";
beforeEach(async () => void (folder = await mkdtemp(path.join(tmpdir(), "rampart-data-"))));
afterEach(() => rm(folder, { recursive: true, force: true }));

describe("openDataDir", () => {
  test("keeps its passwords from one start to the next, readable by nobody else", async () => {
    const first = await openDataDir(folder, "1.2.3");
    await first.close();
    const second = await openDataDir(folder, "1.2.3");
    expect(second.secrets).toEqual(first.secrets);
    expect((await stat(path.join(folder, "secrets.json"))).mode & 0o777).toBe(0o600);
  });

  test("names the process that already uses the folder", async () => {
    const start = (await readFile(`/proc/${process.ppid}/stat`, "utf8")).split(") ")[1]?.split(" ")[19];
    await writeFile(path.join(folder, "onebox.lock"), `${process.ppid} ${start}\n`);
    await expect(openDataDir(folder, "1.2.3")).rejects.toThrow(
      `already runs on this data directory (process ${process.ppid})`,
    );
  });

  test("takes over from a process that was killed, also when its number was given to another", async () => {
    await writeFile(path.join(folder, "onebox.lock"), `${process.ppid} 1\n`);
    await (await openDataDir(folder, "1.2.3")).close();
    await writeFile(path.join(folder, "onebox.lock"), "");
    await (await openDataDir(folder, "1.2.3")).close();
  });

  test("refuses a folder that a newer version has used, and releases it", async () => {
    await (await openDataDir(folder, "1.10.0")).close();
    await expect(openDataDir(folder, "1.9.9")).rejects.toThrow(/used by Rampart 1\.10\.0.*newer.*RAMPART_DATA_DIR/);
    await (await openDataDir(folder, "2.0.0")).close();
  });

  test("names the variable when the folder cannot be made", async () => {
    await writeFile(path.join(folder, "file"), "");
    await expect(openDataDir(path.join(folder, "file", "x"), "1.0.0")).rejects.toThrow(
      /RAMPART_DATA_DIR: .* cannot be used/,
    );
  });
});

test.for([
  ["1.10.0", "1.9.9", true],
  ["1.9.9", "1.10.0", false],
  ["1.2.3", "1.2.3", false],
  ["2.0.0", "1.99.99", true],
] as const)("%s after %s: %s", ([left, right, expected]) => {
  expect(isNewer(left, right)).toBe(expected);
});
