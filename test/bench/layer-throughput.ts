import { execFileSync, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { makeScratch } from "../servers/scratch.ts";
import { buildLayers, sizeMb, type LayerFixture } from "./fixtures/build-layers.ts";
import { report, type Figure } from "./report.ts";

/** Reading a layer for its packages next to only unpacking the same layer, in turns, best of each. */
const turns = 3;
const ratioMax = 2;
const peakMbMax = 512;
const reader = fileURLToPath(import.meta.resolve("./fixtures/inspect-one-layer.ts"));

type Read = Readonly<{ seconds: number; peakMb: number; isWhole: boolean; sizeBytes: number; records: number }>;
type Row = Readonly<{ fixture: LayerFixture; peerSeconds: number; read: Read; packedMb: number }>;

const scratch = await makeScratch("bench");
const rows: Row[] = [];
try {
  for (const fixture of await buildLayers(scratch.path)) {
    const peers: number[] = [];
    const reads: Read[] = [];
    for (let turn = 0; turn < turns; turn += 1) {
      peers.push(secondsOf(fixture.peer));
      reads.push(readLayer(fixture.path));
    }
    const read = reads.reduce((best, next) => (next.seconds < best.seconds ? next : best));
    const peakMb = Math.max(...reads.map((one) => one.peakMb));
    rows.push({
      fixture,
      peerSeconds: Math.min(...peers),
      read: { ...read, peakMb },
      packedMb: await sizeMb(fixture.path),
    });
  }
} finally {
  await scratch.remove();
}

process.stdout.write(`${table(rows)}\n`);
report("layer-throughput", rows.flatMap(toFigures));

function secondsOf([program, ...args]: LayerFixture["peer"]): number {
  const startedAt = performance.now();
  const { status } = spawnSync(program, args, { stdio: ["ignore", "ignore", "inherit"] });
  if (status !== 0) throw new Error(`${program} ended with ${status}`);
  return (performance.now() - startedAt) / 1000;
}

function readLayer(file: string): Read {
  // The shape is that of inspect-one-layer.ts, which is ours.
  const read = JSON.parse(execFileSync(process.execPath, [reader, file], { encoding: "utf8" })) as Read;
  if (!read.isWhole) throw new Error(`${file} was not read to its end`);
  return read;
}

function toFigures({ fixture, peerSeconds, read }: Row): Figure[] {
  const ratio = read.seconds / peerSeconds;
  return [
    { what: `${fixture.name}: throughput`, value: read.sizeBytes / 1e6 / read.seconds, unit: "MB/s" },
    { what: `${fixture.name}: time beside ${fixture.peer[0]}`, value: ratio, unit: "x", ...targetOf(fixture, ratio) },
    {
      what: `${fixture.name}: peak memory`,
      value: read.peakMb,
      unit: "MB",
      beside: `<= ${peakMbMax} MB`,
      met: read.peakMb <= peakMbMax,
    },
  ];
}

/** The target is set against gunzip. What zstd unpacks in a moment costs as much to hash and walk as any other bytes. */
function targetOf({ peer }: LayerFixture, ratio: number): Partial<Figure> {
  return peer[0] === "gunzip" ? { beside: `<= ${ratioMax} x`, met: ratio <= ratioMax } : { beside: "no target" };
}

function table(measured: readonly Row[]): string {
  const head = ["layer", "MB packed", "MB", "files read", "unpack s", "analysis s", "ratio", "peak MB"];
  const lines = measured.map(({ fixture, packedMb, peerSeconds, read }) => [
    fixture.name,
    packedMb.toFixed(1),
    (read.sizeBytes / 1e6).toFixed(1),
    String(read.records),
    peerSeconds.toFixed(2),
    read.seconds.toFixed(2),
    (read.seconds / peerSeconds).toFixed(2),
    read.peakMb.toFixed(0),
  ]);
  return [head, ...lines]
    .map(([name = "", ...cells]) => name.padEnd(20) + cells.map((cell) => cell.padStart(12)).join(""))
    .join("\n");
}
