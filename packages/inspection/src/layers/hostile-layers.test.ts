import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, open, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { defaultLimits } from "../limits.ts";
import { buildTar } from "../testing/archives.ts";
import { debian12 } from "../testing/sample-files.ts";
import { inspectLayer } from "./inspect-layer.ts";

const mib = 1024 ** 2;
const codes = ({ content }: Awaited<ReturnType<typeof inspectLayer>>["result"]) =>
  content.warnings.map(({ code }) => code);

/** Many times the same bytes, as a stream that nobody could hold. */
async function* repeated(bytes: Buffer, times: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < times; at += 1) yield bytes;
}

async function* joined(...parts: readonly AsyncIterable<Buffer>[]): AsyncGenerator<Buffer> {
  for (const part of parts) yield* part;
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

describe("a layer that was made to hurt", () => {
  test("of millions of entries is stopped at its limit and said, in little memory", async () => {
    const limits = { ...defaultLimits, entriesMax: 200_000 };
    const entry = (await buildTar([{ name: "x" }])).subarray(0, 512);
    const thousands = Buffer.concat(Array.from({ length: 10_000 }, () => entry));
    const before = process.memoryUsage().rss;
    const head = (await buildTar([debian12])).subarray(0, 1024);
    const { result, isWhole } = await inspectLayer(joined(once(head), repeated(thousands, 1_000)), limits);
    expect([isWhole, codes(result)]).toEqual([false, ["entries-over-limit"]]);
    expect(result.content.records.map(({ path }) => path)).toEqual(["etc/os-release"]);
    expect(process.memoryUsage().rss - before).toBeLessThan(300 * mib);
  });

  test("of ten million packages keeps as many files as it may, and says the rest", async () => {
    const limits = { ...defaultLimits, recordsMax: 100 };
    const files = Array.from({ length: 300 }, (_, at) => ({
      name: `app/node_modules/p${at}/package.json`,
      body: JSON.stringify({ name: `p${at}`, version: "1.0.0" }),
    }));
    const { result } = await inspectLayer(once(await buildTar(files)), limits);
    expect(result.content.records.length).toBeLessThanOrEqual(100);
    expect(codes(result)).not.toEqual([]);
  });

  test.for(["character-device", "fifo"] as const)(
    "with a %s in the place of a database opens nothing",
    async (type) => {
      const { result, isWhole } = await inspectLayer(once(await buildTar([{ name: "var/lib/dpkg/status", type }])));
      expect([isWhole, result.content.records.filter(({ content }) => content !== null)]).toEqual([true, []]);
    },
  );

  test("with a sparse file of many parts is read to its end, as tar writes it", async () => {
    const folder = await mkdtemp(join(tmpdir(), "rampart-sparse-"));
    try {
      const file = await open(join(folder, "sparse"), "w");
      for (let part = 0; part < 60; part += 1) await file.write(Buffer.alloc(4_096, "x"), 0, 4_096, part * 131_072);
      await file.truncate(60 * 131_072);
      await file.close();
      await mkdir(join(folder, "etc"));
      await writeFile(join(folder, "etc/os-release"), debian12.body ?? "");
      const format = ["--format=gnu", "--sparse", "--directory", folder];
      const { stdout } = spawnSync("tar", [...format, "--create", "sparse", "etc"], { maxBuffer: 16 * mib });
      expect(stdout.length).toBeLessThan(2 * mib);
      const { result, isWhole } = await inspectLayer(once(stdout));
      expect([isWhole, result.content.records.map(({ path }) => path)]).toEqual([true, ["etc/os-release"]]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test("with a sparse file whose map never ends is damaged, not endless", async () => {
    const header = Buffer.from((await buildTar([{ name: "sparse" }])).subarray(0, 512));
    header.write("S", 156);
    header[482] = 1;
    header.write("        ", 148);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
    const more = Buffer.alloc(512);
    more[504] = 1;
    const { result, isWhole } = await inspectLayer(joined(once(header), repeated(more, 20_000)));
    expect([isWhole, codes(result)]).toEqual([false, ["layer-damaged"]]);
  });

  test("with a sparse file of terabytes holds none of them", async () => {
    const header = Buffer.from((await buildTar([{ name: "var/lib/dpkg/status" }])).subarray(0, 512));
    header.write("77777777777\0", 124);
    header.write("        ", 148);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
    const before = process.memoryUsage().rss;
    const { result, isWhole } = await inspectLayer(joined(once(header), repeated(Buffer.alloc(mib), 400)));
    expect([isWhole, codes(result).length > 0]).toEqual([false, true]);
    expect(process.memoryUsage().rss - before).toBeLessThan(300 * mib);
  });
});
