import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { Refusal } from "@rampart/kernel";
import type { Inspection } from "../contract.ts";
import { inspectLayer } from "../layers/inspect-layer.ts";
import type { InspectedLayer } from "../layers/inspect-layer.ts";
import { defaultLimits } from "../limits.ts";
import type { ArchiveOptions } from "./image-archive.ts";
import { inspectImage } from "./inspect-image.ts";
import type { ImageParts } from "./image-parts.ts";

export const readChunkBytes = 256 * 1024;
/** The only files of a layout that are ever opened, so that no digest can lead out of the folder. */
const layoutPath = /^(?:index\.json|manifest\.json|blobs\/sha256\/[0-9a-f]{64})$/;

/** Inspects an image from a folder in OCI layout (`skopeo copy … oci:folder`, `umoci`). */
export async function inspectOciLayout(folder: string, options: ArchiveOptions = {}): Promise<Inspection> {
  const limits = options.limits ?? defaultLimits;
  let layersBegun = 0;
  let bytesRead = 0;
  async function* readLayer(path: string): AsyncGenerator<Buffer> {
    for await (const chunk of createReadStream(path, { highWaterMark: readChunkBytes })) {
      bytesRead += chunk.length;
      options.onProgress?.({ layer: layersBegun, layersTotal: null, bytesRead });
      yield chunk;
    }
  }
  const parts: ImageParts = {
    async document(path) {
      const file = await findPart(folder, path);
      if (file === null) return null;
      if (file.size > limits.documentBytesMax) {
        throw new Refusal("limit", "inspection.archive.document-over-limit", `${path} is too large for a document.`);
      }
      return readFile(file.path);
    },
    async layer(path, diffId): Promise<InspectedLayer | null> {
      layersBegun += 1;
      const known = diffId === null ? null : ((await options.cache?.get(diffId)) ?? null);
      if (known !== null) return { result: known, isWhole: true };
      const file = await findPart(folder, path);
      return file === null ? null : inspectLayer(readLayer(file.path), limits);
    },
  };
  return inspectImage(parts, options);
}

async function findPart(folder: string, path: string): Promise<{ path: string; size: number } | null> {
  if (!layoutPath.test(path)) return null;
  const whole = join(folder, path);
  const found = await stat(whole).catch(() => null);
  return found === null || !found.isFile() ? null : { path: whole, size: found.size };
}
