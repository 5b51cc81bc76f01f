import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { Refusal } from "@rampart/kernel";
import { z } from "zod";
import type { Inspection } from "./contract.ts";
import type { MergeOptions } from "./layers/merge-layers.ts";
import { openDiskCache } from "./layers/disk-cache.ts";
import type { InspectionLimits } from "./limits.ts";
import { openEngineImage } from "./sources/engine-image.ts";
import { inspectImageArchive } from "./sources/image-archive.ts";
import type { OnProgress } from "./sources/image-parts.ts";
import { inspectOciLayout, readChunkBytes } from "./sources/oci-layout.ts";
import { inspectRootFolder } from "./sources/root-folder.ts";

const Path = z.string().min(1).max(4096);
const Reference = z.string().min(1).max(512);

/** What is to be inspected. JSON, so that it can be handed to another process. */
export const InspectionRequest = z.strictObject({
  source: z.discriminatedUnion("kind", [
    /** Tar file of `docker save`, `podman save` or an OCI layout; gzip and zstd are understood. */
    z.strictObject({ kind: z.literal("archive"), path: Path, reference: Reference.optional() }),
    z.strictObject({ kind: z.literal("oci-layout"), path: Path, reference: Reference.optional() }),
    /** An image that the container engine behind a socket holds: name, or id. */
    z.strictObject({ kind: z.literal("engine"), socketPath: Path, image: Reference }),
    z.strictObject({ kind: z.literal("root-folder"), path: Path, skip: z.array(Path).max(256).optional() }),
  ]),
  /** Folder for results of layers, so that no layer is read twice. */
  cacheFolder: Path.optional(),
  ownedByOs: z.enum(["drop", "mark"]).optional(),
});
export type InspectionRequest = z.infer<typeof InspectionRequest>;

export type InspectOptions = Readonly<{ limits?: InspectionLimits; signal?: AbortSignal; onProgress?: OnProgress }>;

/** Says which packages are in an image or on a host. Refuses what is no image; warns of what could not be read. */
export async function inspect(request: InspectionRequest, options: InspectOptions = {}): Promise<Inspection> {
  const { source } = request;
  const merge: MergeOptions = { ...(request.ownedByOs !== undefined && { ownedByOs: request.ownedByOs }) };
  if (source.kind === "root-folder") {
    return inspectRootFolder(source.path, { ...merge, ...options, ...(source.skip !== undefined && { skip: source.skip }) });
  }
  const reference = source.kind === "engine" ? null : (source.reference ?? null);
  const cache = request.cacheFolder === undefined ? {} : { cache: openDiskCache({ folder: request.cacheFolder }) };
  const image = { ...merge, ...options, ...cache, reference };
  switch (source.kind) {
    case "oci-layout":
      return inspectOciLayout(source.path, image);
    case "archive":
      return inspectImageArchive(await openArchive(source.path, options.signal), image);
    case "engine":
      return inspectImageArchive(await openEngineImage(source.socketPath, source.image, options.signal), image);
  }
}

async function openArchive(path: string, signal: AbortSignal | undefined): Promise<AsyncIterable<Buffer>> {
  const found = await stat(path).catch(() => null);
  if (found === null || !found.isFile()) {
    throw new Refusal("not-found", "inspection.archive.not-found", `There is no file "${path}".`);
  }
  return createReadStream(path, { highWaterMark: readChunkBytes, ...(signal !== undefined && { signal }) });
}
