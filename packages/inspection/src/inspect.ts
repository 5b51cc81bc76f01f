import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { Refusal } from "@rampart/kernel";
import { z } from "zod";
import type { Inspection } from "./contract.ts";
import type { MergeOptions } from "./layers/merge-layers.ts";
import { openDiskCache } from "./layers/disk-cache.ts";
import { inventoryLimits } from "./limits.ts";
import type { InspectionLimits } from "./limits.ts";
import { inventoryFromCache } from "./sources/cached-layers.ts";
import { openEngineImage } from "./sources/engine-image.ts";
import { inspectImageArchive } from "./sources/image-archive.ts";
import type { ArchiveOptions } from "./sources/image-archive.ts";
import type { OnProgress } from "./sources/image-parts.ts";
import { inspectOciLayout, readChunkBytes } from "./sources/oci-layout.ts";
import { inspectFunctionBundle } from "./sources/function-bundle.ts";
import { RegistryAccess } from "./sources/registry/registry-access.ts";
import { inspectRegistryImage } from "./sources/registry/registry-image.ts";
import { inspectRepository } from "./sources/repository.ts";
import { inspectRootFolder } from "./sources/root-folder.ts";

const Path = z.string().min(1).max(4096);
const Reference = z.string().min(1).max(512);

/** A function and its layers; providers take at most five layers. */
const bundlesMax = 16;

/** What is to be inspected. JSON, so that it can be handed to another process. */
export const InspectionRequest = z.strictObject({
  source: z.discriminatedUnion("kind", [
    /** Tar file of `docker save`, `podman save` or an OCI layout; gzip and zstd are understood. */
    z.strictObject({ kind: z.literal("archive"), path: Path, reference: Reference.optional() }),
    z.strictObject({ kind: z.literal("oci-layout"), path: Path, reference: Reference.optional() }),
    /**
     * An image that the container engine behind a socket holds: name, or id. With `diffIds`, base first, the engine is
     * asked only when one of the layers is not in the cache; what the image says of itself is then left out.
     */
    z.strictObject({
      kind: z.literal("engine"),
      socketPath: Path,
      image: Reference,
      diffIds: z.array(z.string().max(128)).max(inventoryLimits.layersMax).optional(),
    }),
    /** An image in a registry, read from there without an engine. */
    z.strictObject({ kind: z.literal("registry"), image: Reference, access: RegistryAccess }),
    z.strictObject({ kind: z.literal("root-folder"), path: Path, skip: z.array(Path).max(256).optional() }),
    /** Checkout of source code: what its lock files declare. */
    z.strictObject({ kind: z.literal("repository"), path: Path }),
    /** Zip archive of a serverless function, followed by those of its layers. */
    z.strictObject({ kind: z.literal("function-bundle"), paths: z.array(Path).min(1).max(bundlesMax) }),
  ]),
  /** Folder for results of layers, so that no layer is read twice. */
  cacheFolder: Path.optional(),
  ownedByOs: z.enum(["drop", "mark"]).optional(),
});
export type InspectionRequest = z.infer<typeof InspectionRequest>;
type EngineSource = Extract<InspectionRequest["source"], { kind: "engine" }>;

export type InspectOptions = Readonly<{ limits?: InspectionLimits; signal?: AbortSignal; onProgress?: OnProgress }>;

/** Says which packages are in an image or on a host. Refuses what is no image; warns of what could not be read. */
export async function inspect(request: InspectionRequest, options: InspectOptions = {}): Promise<Inspection> {
  const { source, cacheFolder, ownedByOs } = request;
  const merge: MergeOptions = ownedByOs === undefined ? {} : { ownedByOs };
  const cache = cacheFolder === undefined ? null : openDiskCache({ folder: cacheFolder });
  const image = { ...merge, ...options, ...(cache !== null && { cache }) };
  switch (source.kind) {
    case "repository":
      return inspectRepository(source.path, options);
    case "function-bundle":
      return inspectFunctionBundle(source.paths, options);
    case "root-folder":
      return inspectRootFolder(source.path, {
        ...merge,
        ...options,
        ...(source.skip !== undefined && { skip: source.skip }),
      });
    case "oci-layout":
      return inspectOciLayout(source.path, { ...image, reference: source.reference ?? null });
    case "archive":
      return inspectImageArchive(await openArchive(source.path, options.signal), {
        ...image,
        reference: source.reference ?? null,
      });
    case "registry":
      return inspectRegistryImage(source.image, source.access, {
        ...image,
        ...(options.signal !== undefined && { signal: options.signal }),
      });
    case "engine":
      return inspectEngineImage(source, image, options.signal);
  }
}

async function inspectEngineImage(
  source: EngineSource,
  image: ArchiveOptions,
  signal?: AbortSignal,
): Promise<Inspection> {
  const { socketPath, diffIds = [] } = source;
  const known =
    image.cache === undefined || diffIds.length === 0 ? null : await inventoryFromCache(diffIds, image.cache, image);
  if (known !== null) return { image: null, inventory: known };
  return inspectImageArchive(await openEngineImage(socketPath, source.image, signal), image);
}

async function openArchive(path: string, signal: AbortSignal | undefined): Promise<AsyncIterable<Buffer>> {
  const found = await stat(path).catch(() => null);
  if (found === null || !found.isFile()) {
    throw new Refusal("not-found", "inspection.archive.not-found", `There is no file "${path}".`);
  }
  return createReadStream(path, { highWaterMark: readChunkBytes, ...(signal !== undefined && { signal }) });
}
