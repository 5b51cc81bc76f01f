import { spawn } from "node:child_process";

import { mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { splitReport } from "@rampart/protocol";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { newId } from "../../host/new-id.ts";
import { Spool, type SpoolSettings } from "./spool.ts";

let folder: string;
let opened: Spool[] = [];
beforeEach(async () => void (folder = await mkdtemp(path.join(tmpdir(), "spool-"))));
afterEach(async () => {
  for (const spool of opened) await spool.close().catch(() => undefined);
  opened = [];
  await rm(folder, { recursive: true, force: true });
});

type Loss = Parameters<NonNullable<SpoolSettings["onLoss"]>>[0];

async function open(more: Partial<SpoolSettings> = {}): Promise<Spool> {
  const spool = await Spool.open({ folder, bytesMax: 1_000_000, newEpoch: newId, ...more });
  opened.push(spool);
  return spool;
}

function append(spool: Spool, text: string, subject = ""): Promise<number> {
  return spool.append({ type: "image.removed", subject, body: Buffer.from(text) });
}

/** What would go on the wire, in order. */
async function drain(spool: Spool, after = 0): Promise<{ sequence: number; text: string }[]> {
  const sent: { sequence: number; text: string }[] = [];
  for (let last = after; ;) {
    const report = await spool.read(last);
    if (report === null) return sent;
    const message = splitReport(report.message);
    if (!message.ok) throw new Error(message.reason);
    expect(message.frame.header).toEqual({ type: "image.removed", epoch: spool.epoch, sequence: report.sequence });
    sent.push({ sequence: report.sequence, text: Buffer.from(message.frame.body).toString() });
    last = report.sequence;
  }
}

const texts = async (spool: Spool, after = 0) => (await drain(spool, after)).map((report) => report.text);
const segmentNames = async () => (await readdir(folder)).filter((name) => name.endsWith(".reports")).toSorted();

describe("order and memory", () => {
  test("reports come out in the order in which they went in, also after a restart", async () => {
    const spool = await open({ segmentBytes: 200 });
    for (const text of ["a", "b", "c", "d", "e"]) await append(spool, text);
    expect(await texts(spool)).toEqual(["a", "b", "c", "d", "e"]);
    await spool.close();
    const again = await open({ segmentBytes: 200 });
    expect(again.epoch).toBe(spool.epoch);
    expect(await texts(again)).toEqual(["a", "b", "c", "d", "e"]);
    expect(await append(again, "f")).toBe(6);
  });

  test("reports that are appended together are all safe", async () => {
    const spool = await open();
    const numbers = await Promise.all(Array.from({ length: 100 }, (_, index) => append(spool, String(index))));
    expect(numbers).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
    expect(await texts(await open())).toHaveLength(100);
  });

  test("sending goes on behind what the gateway already has", async () => {
    const spool = await open();
    for (const text of ["a", "b", "c"]) await append(spool, text);
    expect(await texts(spool, 2)).toEqual(["c"]);
    expect(await texts(spool, 1)).toEqual(["b", "c"]);
  });

  test("acknowledged reports leave the disk, and their numbers are not given again", async () => {
    const spool = await open({ segmentBytes: 150 });
    for (const text of ["a", "b", "c", "d"]) await append(spool, text);
    await spool.acknowledge(4);
    expect(spool.status()).toEqual({ frames: 0, bytes: 0, droppedFrames: 0 });
    expect(await segmentNames()).toEqual([]);
    expect(await append(await open(), "e")).toBe(5);
  });

  test("a half acknowledged segment counts only what still waits", async () => {
    const spool = await open();
    for (const text of ["a", "b", "c"]) await append(spool, text);
    await spool.acknowledge(2);
    expect(spool.status().frames).toBe(1);
  });

  test("an acknowledgement beyond the last number moves the next number behind it", async () => {
    const spool = await open();
    await append(spool, "a");
    await spool.acknowledge(50);
    expect(await append(spool, "b")).toBe(51);
  });
});

describe("a newer report about the same subject", () => {
  test("replaces the older one", async () => {
    const spool = await open();
    await append(spool, "old", "host");
    await append(spool, "other", "image/1");
    await append(spool, "new", "host");
    expect(await texts(spool)).toEqual(["other", "new"]);
    expect(await texts(await open())).toEqual(["other", "new"]);
  });

  test("a full list replaces the changes before it and none after it", async () => {
    const spool = await open();
    await append(spool, "change", "container/1");
    await append(spool, "list", "container");
    await append(spool, "later change", "container/1");
    expect(await texts(spool)).toEqual(["list", "later change"]);
  });
});

describe("bounds", () => {
  test("never holds more than its bytes, lets the oldest go and counts each of them", async () => {
    const losses: Loss[] = [];
    const spool = await open({ bytesMax: 2_000, segmentBytes: 400, onLoss: (loss) => losses.push(loss) });
    for (let index = 0; index < 50; index += 1) {
      await append(spool, String(index).padStart(100, "."));
      expect(spool.status().bytes).toBeLessThanOrEqual(2_000);
    }
    const { frames, droppedFrames } = spool.status();
    expect(frames + droppedFrames).toBe(50);
    expect(losses.reduce((sum, loss) => sum + loss.reports, 0)).toBe(droppedFrames);
    const left = await drain(spool);
    expect(left.map((report) => report.sequence)).toEqual(
      Array.from({ length: frames }, (_, index) => droppedFrames + 1 + index),
    );
    await spool.close();
    expect((await open()).status().droppedFrames).toBe(droppedFrames);
  });
});

describe("faults", () => {
  test("whatever the moment of a crash, complete reports survive, in order, and the next number is new", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ minLength: 1, maxLength: 300 }), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 50, max: 600 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        async (written, segmentBytes, cut) => {
          await rm(folder, { recursive: true, force: true });
          const spool = await open({ segmentBytes });
          for (const text of written) await append(spool, text);
          await spool.close();
          const newest = path.join(folder, (await segmentNames()).at(-1) ?? "");
          await truncate(newest, Math.floor((await stat(newest)).size * cut));
          const again = await open({ segmentBytes });
          const left = await texts(again);
          expect(left).toEqual(written.slice(0, left.length));
          expect(await append(again, "next")).toBeGreaterThan(written.length);
          expect(await texts(again)).toEqual([...left, "next"]);
          await again.close();
        },
      ),
      { numRuns: 60 },
    );
  });

  test("a flipped bit costs its segment's rest, which is counted, and nothing else", async () => {
    const spool = await open({ segmentBytes: 300 });
    for (let index = 0; index < 12; index += 1) await append(spool, `report ${index}`.padEnd(100));
    await spool.close();
    const [first = "", ...others] = await segmentNames();
    expect(others.length).toBeGreaterThan(1);
    const bytes = await readFile(path.join(folder, first));
    bytes.writeUInt8(bytes.readUInt8(60) ^ 1, 60);
    await writeFile(path.join(folder, first), bytes);
    const losses: Loss[] = [];
    const again = await open({ segmentBytes: 300, onLoss: (loss) => losses.push(loss) });
    const left = await drain(again);
    expect(left.length).toBe(12 - (left[0]?.sequence ?? 0) + 1);
    expect(losses).toHaveLength(1);
    expect(again.status().droppedFrames).toBe(12 - left.length);
  });

  test("without its state the spool starts a new epoch", async () => {
    const spool = await open();
    await append(spool, "a");
    await spool.close();
    await writeFile(path.join(folder, "state.json"), "{");
    const again = await open();
    expect(again.epoch).not.toBe(spool.epoch);
    expect(await texts(again)).toEqual([]);
    expect(await append(again, "b")).toBe(1);
  });

  test("killed in the middle of writing, it has every report that it called safe", async () => {
    const child = spawn(process.execPath, [path.join(import.meta.dirname, "append-until-killed.fixture.ts"), folder], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const safe: number[] = [];
    createInterface({ input: child.stdout }).on("line", (line) => {
      safe.push(Number(line));
      if (safe.length === 300) child.kill("SIGKILL");
    });
    await new Promise((resolve) => child.once("close", resolve));
    const left = (await drain(await open())).map((report) => report.sequence);
    expect(left.slice(0, safe.length)).toEqual(safe);
  });

  test("a folder that cannot be written to is an outage, and what was lost is counted", async () => {
    const spool = await open();
    await rm(folder, { recursive: true });
    await expect(append(spool, "a")).rejects.toThrow(/disk of this host/);
    expect(spool.status().droppedFrames).toBe(1);
    await mkdir(folder);
    expect(await append(spool, "b")).toBe(1);
  });
});
