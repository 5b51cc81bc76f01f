import { execFileSync, spawnSync } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { makeScratch } from "../servers/scratch.ts";
import { buildImage, type BuiltImage } from "./fixtures/build-image.ts";
import { buildImageLayers, hasTool } from "./fixtures/build-layers.ts";
import { memoryGroup } from "./fixtures/memory-group.ts";
import { report, type Figure } from "./report.ts";

/** A whole image of about 2 GB on one core, next to unpacking it, and to other scanners where they are on the PATH. */
const ratioMax = 2;
const cachedMsMax = 200;
const memoryMb = 512;
const inspectImage = fileURLToPath(import.meta.resolve("./fixtures/inspect-one-image.ts"));
const oneCore = ["taskset", "--cpu-list", "0"] as const;

/** Scanners that list packages without a network. */
const peers: Readonly<Record<string, (image: string) => readonly string[]>> = {
  syft: (image) => ["syft", "scan", `oci-dir:${image}`, "--output", "syft-json"],
  trivy: (image) => [
    "trivy",
    "image",
    "--input",
    image,
    "--format",
    "cyclonedx",
    "--offline-scan",
    "--cache-dir",
    `${image}.trivy`,
  ],
};

const Inspected = z.object({
  seconds: z.number(),
  peakMb: z.number(),
  packages: z.int(),
  warnings: z.array(z.string()),
});

const scratch = await makeScratch("bench");
try {
  const image = await buildImage(path.join(scratch.path, "image"), await buildImageLayers(scratch.path));
  report("whole-image", measure(image, path.join(scratch.path, "cache")));
} finally {
  await scratch.remove();
}

function measure(image: BuiltImage, cacheFolder: string): Figure[] {
  const gunzip = secondsOf([...oneCore, "sh", "-c", 'for layer; do gunzip < "$layer"; done', "sh", ...image.layers]);
  const first = inspectOnce([...oneCore], image.folder);
  const bounded = memoryGroup(memoryMb);
  const confined = bounded === null ? null : inspectOnce([...bounded.prefix, ...oneCore], image.folder);
  bounded?.remove();
  inspectOnce([...oneCore], image.folder, cacheFolder);
  const cachedMs = inspectOnce([...oneCore], image.folder, cacheFolder).seconds * 1000;
  const megabytes = image.unpackedBytes / 1e6;
  return [
    { what: "image, unpacked", value: megabytes, unit: "MB" },
    { what: "packages found", value: first.packages, unit: "", beside: `${first.warnings.length} warnings` },
    { what: "scan on one core", value: megabytes / first.seconds, unit: "MB/s" },
    {
      what: "scan beside gunzip of its layers",
      value: first.seconds / gunzip,
      unit: "x",
      beside: `<= ${ratioMax} x`,
      met: first.seconds / gunzip <= ratioMax,
    },
    { what: "peak memory", value: first.peakMb, unit: "MB" },
    ...(confined === null
      ? []
      : [
          {
            what: `the same within a group of ${memoryMb} MB`,
            value: confined.seconds,
            unit: "s",
            beside: "all packages found",
            met: confined.packages === first.packages,
          },
        ]),
    {
      what: "scan again, all layers known",
      value: cachedMs,
      unit: "ms",
      beside: `<= ${cachedMsMax} ms`,
      met: cachedMs <= cachedMsMax,
    },
    ...Object.entries(peers).flatMap(([name, command]) => comparePeer(name, command(image.folder), first.seconds)),
  ];
}

/** A peer that cannot do without its own downloads is passed over; what it says about that is on standard error. */
function comparePeer(name: string, command: readonly string[], seconds: number): Figure[] {
  if (!hasTool(name)) return [];
  const took = secondsOf([...oneCore, ...command], "may fail");
  if (took === null) return [];
  return [
    { what: `${name}, packages only, on one core`, value: took, unit: "s", beside: `here ${seconds.toFixed(1)} s` },
  ];
}

function inspectOnce(prefix: readonly string[], ...args: readonly string[]): z.infer<typeof Inspected> {
  const [program = "", ...rest] = [...prefix, process.execPath, inspectImage, ...args];
  return Inspected.parse(JSON.parse(execFileSync(program, rest, { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 })));
}

function secondsOf(command: readonly string[]): number;
function secondsOf(command: readonly string[], failure: "may fail"): number | null;
function secondsOf([program = "", ...args]: readonly string[], failure?: "may fail"): number | null {
  const startedAt = performance.now();
  const { status } = spawnSync(program, args, { stdio: ["ignore", "ignore", "inherit"] });
  if (status === 0) return (performance.now() - startedAt) / 1000;
  if (failure === "may fail") return null;
  throw new Error(`${program} ${args.join(" ")} ended with ${status}`);
}
