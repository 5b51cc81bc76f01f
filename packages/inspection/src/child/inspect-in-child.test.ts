import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, open, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import type { Server, Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { pack } from "tar-stream";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { inspect } from "../inspect.ts";
import { buildConfig, buildDockerArchive, buildTar } from "../testing/archives.ts";
import { debian12, dpkgStatus } from "../testing/sample-files.ts";
import { inspectInChild } from "./inspect-in-child.ts";

let folder = "";
let server: Server | null = null;
const sockets = new Set<Socket>();
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "rampart-child-"));
});
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  server?.close();
  server = null;
  await rm(folder, { recursive: true, force: true });
});

async function writeArchive(): Promise<string> {
  const path = join(folder, "image.tar");
  await writeFile(
    path,
    await buildDockerArchive({ layers: [await buildTar([debian12, dpkgStatus({ bash: "5.2" })])] }),
  );
  return path;
}

/** An engine that takes the question and never answers. Resolves `asked` when a child is waiting for it. */
async function startSilentEngine(): Promise<{ socketPath: string; asked: Promise<void> }> {
  const socketPath = join(folder, "engine.sock");
  const silent = (server = createServer());
  const asked = new Promise<void>((resolve) => {
    silent.on("connection", (socket) => {
      sockets.add(socket);
      socket.once("data", () => resolve());
    });
  });
  await new Promise<void>((resolve) => silent.listen(socketPath, resolve));
  return { socketPath, asked };
}

function childPids(): string[] {
  const tasks = readdirSync("/proc/self/task");
  return tasks.flatMap((task) => readFileSync(`/proc/self/task/${task}/children`, "utf8").split(" ").filter(Boolean));
}

describe("inspectInChild", () => {
  test("answers as the same inspection in this process would", async () => {
    const request = { source: { kind: "archive", path: await writeArchive() } } as const;
    expect(await inspectInChild(request)).toEqual(await inspect(request));
  });

  test("refuses what the inspection refuses, for the same reason", async () => {
    const refused = inspectInChild({ source: { kind: "archive", path: join(folder, "none.tar") } });
    await expect(refused).rejects.toMatchObject({
      name: "Refusal",
      kind: "not-found",
      reason: "inspection.archive.not-found",
    });
  });

  test("tells of an engine's failure as an outage", async () => {
    const failed = inspectInChild({
      source: { kind: "engine", socketPath: join(folder, "none.sock"), image: "shop:1" },
    });
    await expect(failed).rejects.toMatchObject({ name: "Outage", system: "container engine" });
  });

  test("stops at once when told to, and leaves no process behind", async () => {
    const before = new Set(childPids());
    const { socketPath, asked } = await startSilentEngine();
    const stop = new AbortController();
    const stopped = inspectInChild(
      { source: { kind: "engine", socketPath, image: "shop:1" } },
      { signal: stop.signal },
    );
    await asked;
    expect(childPids().filter((pid) => !before.has(pid))).toHaveLength(1);
    stop.abort(new Error("no longer wanted"));
    await expect(stopped).rejects.toThrow("no longer wanted");
    expect(childPids().filter((pid) => !before.has(pid))).toEqual([]);
  });

  test("gives up after its time", async () => {
    const { socketPath } = await startSilentEngine();
    const late = inspectInChild({ source: { kind: "engine", socketPath, image: "shop:1" } }, { timeoutMs: 1500 });
    await expect(late).rejects.toMatchObject({ name: "Refusal", reason: "inspection.took-too-long" });
  });

  test("a child that dies is an outage with its last words", async () => {
    const entry = join(folder, "dying.mjs");
    await writeFile(entry, "console.error('out of luck'); process.exit(3);");
    const died = inspectInChild({ source: { kind: "archive", path: "x" } }, { entry });
    await expect(died).rejects.toThrow("out of luck");
  });

  test("a child that speaks nonsense is not believed", async () => {
    const entry = join(folder, "lying.mjs");
    await writeFile(
      entry,
      "process.send({ type: 'inspected', inspection: { packages: 7 } }); process.once('message', () => {});",
    );
    await expect(inspectInChild({ source: { kind: "archive", path: "x" } }, { entry })).rejects.toMatchObject({
      name: "Defect",
    });
  });

  test("a layer of 2 GiB is read within 512 MiB", { timeout: 60_000 }, async () => {
    const path = join(folder, "large.tar");
    await writeLargeImage(path);
    let peakKib = 0;
    const before = new Set(childPids());
    const onProgress = () => {
      for (const pid of childPids().filter((child) => !before.has(child))) peakKib = Math.max(peakKib, peakOf(pid));
    };
    const { inventory } = await inspectInChild({ source: { kind: "archive", path } }, { onProgress });
    expect(inventory.layers[0]?.sizeBytes).toBeGreaterThan(2 ** 31);
    expect(inventory.packages.map(({ name }) => name)).toEqual(["bash"]);
    expect(inventory.warnings).toEqual([]);
    expect(peakKib).toBeGreaterThan(0);
    expect(peakKib).toBeLessThan(512 * 1024);
  });
});

function peakOf(pid: string): number {
  try {
    return Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

/** An image with one packed layer: a file of 2 GiB of zeros, then a package database. */
async function writeLargeImage(path: string): Promise<void> {
  const zeros = Buffer.alloc(64 * 1024 * 1024);
  const pieces = 32;
  const header = await headerOf("zeros", zeros.length * pieces);
  const rest = await buildTar([debian12, dpkgStatus({ bash: "5.2" })]);
  const hash = createHash("sha256").update(header);
  for (let piece = 0; piece < pieces; piece += 1) hash.update(zeros);
  const diffIds = [`sha256:${hash.update(rest).digest("hex")}`];
  // Members of gzip may follow each other, so that the zeros are packed only once.
  const packed = gzipSync(zeros, { level: 1 });
  const layer = Buffer.concat([gzipSync(header), ...Array.from({ length: pieces }, () => packed), gzipSync(rest)]);
  const manifest = [{ Config: "config.json", RepoTags: ["large:1"], Layers: ["layer.tar"] }];
  const archive = await buildTar([
    { name: "layer.tar", body: layer },
    { name: "config.json", body: buildConfig({ layers: [layer], diffIds }) },
    { name: "manifest.json", body: JSON.stringify(manifest) },
  ]);
  await using file = await open(path, "w");
  await file.writeFile(archive);
}

async function headerOf(name: string, size: number): Promise<Buffer> {
  const archive = pack();
  archive.entry({ name, size });
  for await (const block of archive) return Buffer.from(block as Uint8Array); // tar-stream gives the header first, alone
  throw new Error("tar-stream wrote no header");
}
