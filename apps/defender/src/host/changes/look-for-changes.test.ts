import { execFileSync } from "node:child_process";
import { createReadStream } from "node:fs";
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { inspectLayer, openDiskCache } from "@rampart/inspection";
import { decodeReport } from "@rampart/protocol";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { lookForChanges } from "./look-for-changes.ts";
import type { ChangeableContainer, ChangesOrder } from "./order.ts";

let folder = "";
let diffId = "";
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "rampart-look-"));
  await write("image", { "etc/os-release": 'ID=debian\nVERSION_ID="12"\n', ...npm("express", "4.0.0") });
  execFileSync("tar", ["--create", "--file", at("image.tar"), "--directory", at("image"), "."]);
  const { result } = await inspectLayer(createReadStream(at("image.tar")));
  await openDiskCache({ folder: at("layers") }).put(result);
  diffId = result.diffId;
  for (const id of ["1", "2"]) await mkdir(at(`upper-${id}`));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const at = (name: string): string => path.join(folder, name);
const npm = (name: string, version: string) => ({
  [`srv/node_modules/${name}/package.json`]: JSON.stringify({ name, version }),
});

async function write(root: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [file, content] of Object.entries(files)) {
    await mkdir(path.dirname(at(`${root}/${file}`)), { recursive: true });
    await writeFile(at(`${root}/${file}`), content);
  }
}

const container = (id: string, more: Partial<ChangeableContainer> = {}): ChangeableContainer => ({
  id: id.repeat(64),
  imageId: `sha256:${"a".repeat(64)}`,
  upper: at(`upper-${id}`),
  diffIds: [diffId],
  merged: at("nowhere"),
  ...more,
});

/** One look, whose state the Defender takes over; of reports, the names of the packages that were added. */
async function look(containers = [container("1"), container("2")]) {
  const [stateFile, cacheFolder] = [at("state.json"), at("layers")];
  const order: ChangesOrder = { at: "2026-01-05T10:00:00.000Z", containers, cacheFolder, stateFile, folder };
  const { reports, waiting, unreadable, problem } = await lookForChanges(order);
  await rename(`${stateFile}.new`, stateFile);
  const told = await Promise.all(
    reports.map(async ({ containerId, file }) => {
      const report = await decodeReport(await readFile(file));
      if (!report.ok || report.frame.type !== "container.contents") throw new Error("another report was expected");
      return [containerId.slice(0, 1), report.frame.added.map(({ name }) => name)];
    }),
  );
  return { told, waiting, unreadable, problem };
}

const quiet = { told: [], waiting: 0, unreadable: 0, problem: null };

describe("a look for changes", () => {
  test("tells each change once, and nothing of a container that only writes data", async () => {
    await write("upper-2", { "var/log/app.log": "x" });
    expect(await look()).toEqual(quiet);
    await write("upper-1", npm("left-pad", "1.3.0"));
    expect((await look()).told).toEqual([["1", ["left-pad"]]]);
    await write("upper-2", { "var/log/app.log": "y" });
    expect(await look()).toEqual(quiet);
  });

  test("tells that a container is as its image again", async () => {
    await write("upper-1", npm("left-pad", "1.3.0"));
    await look();
    await rm(at("upper-1/srv"), { recursive: true });
    expect((await look()).told).toEqual([["1", []]]);
  });

  test("remembers what it told of a container that stopped and started again", async () => {
    await write("upper-1", npm("left-pad", "1.3.0"));
    await look();
    await look([container("2")]);
    expect(await look()).toEqual(quiet);
  });

  test("waits for the inspection of the image, and then tells", async () => {
    await write("upper-1", npm("left-pad", "1.3.0"));
    const early = container("1", { diffIds: [`sha256:${"b".repeat(64)}`] });
    expect(await look([early])).toEqual({ ...quiet, waiting: 1 });
    expect((await look([container("1")])).told).toEqual([["1", ["left-pad"]]]);
  });

  test("a container that has gone does not hide the others", async () => {
    await write("upper-2", npm("left-pad", "1.3.0"));
    const found = await look([container("1", { upper: at("gone") }), container("2")]);
    expect(found).toMatchObject({
      told: [["2", ["left-pad"]]],
      unreadable: 1,
      problem: expect.stringMatching(/ENOENT/),
    });
  });

  test("a damaged state costs a look, no report of what is as it was", async () => {
    await writeFile(at("state.json"), '{"half": ');
    expect(await look()).toEqual(quiet);
  });

  test("more changes than a report may carry are cut, and said to be", async () => {
    const stanza = (index: number) =>
      `Package: p${index}\nStatus: install ok installed\nArchitecture: all\nVersion: 1\n\n`;
    await write("upper-1", {
      "var/lib/dpkg/status": Array.from({ length: 2_001 }, (_, index) => stanza(index)).join(""),
    });
    const { told } = await look();
    expect(told[0]?.[1]).toHaveLength(2_000);
    const report = await decodeReport(await readFile(at("1".repeat(64))));
    expect(report).toMatchObject({ frame: { warnings: [{ code: "packages-over-limit" }] } });
  });
});
