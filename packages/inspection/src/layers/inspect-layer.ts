import { createHash } from "node:crypto";
import { messageOf, Refusal } from "@rampart/kernel";
import type { WarningCode } from "../contract.ts";
import { defaultLimits } from "../limits.ts";
import type { InspectionLimits } from "../limits.ts";
import { openDecompressor } from "../tar/decompress.ts";
import { TarWalker } from "../tar/walk-tar.ts";
import { FileRecorder } from "./file-recorder.ts";
import { layerResultRevision } from "./layer-result.ts";
import type { LayerResult } from "./layer-result.ts";

/** `isWhole` is false when the layer was damaged or stopped: its result must not be kept for other images. */
export type InspectedLayer = Readonly<{ result: LayerResult; isWhole: boolean }>;
export type LayerInspector = { write(chunk: Buffer): Promise<void>; end(): Promise<InspectedLayer>; close(): void };

/**
 * Reads a layer's archive, which may be compressed, piece by piece.
 * Damage ends the reading, not the inspection: the result then says what was wrong, next to all that was read before.
 */
export function openLayerInspector(limits: InspectionLimits = defaultLimits): LayerInspector {
  const recorder = new FileRecorder(limits);
  const walker = new TarWalker(recorder.visit, limits);
  const hash = createHash("sha256");
  let sizeBytes = 0;
  let failure: unknown = null;
  const decompressor = openDecompressor(limits, (bytes) => {
    hash.update(bytes);
    sizeBytes += bytes.length;
    walker.push(bytes);
  });
  const attempt = async (step: () => Promise<void>) => {
    if (failure !== null) return;
    try {
      await step();
    } catch (error) {
      failure = error;
      decompressor.close();
    }
  };
  return {
    write: (chunk) => attempt(() => decompressor.write(chunk)),
    close: () => decompressor.close(),
    async end() {
      await attempt(async () => {
        await decompressor.end();
        walker.end();
      });
      if (failure !== null) recorder.note(codeOf(failure), messageOf(failure));
      const diffId = `sha256:${hash.digest("hex")}`;
      const result = { revision: layerResultRevision, diffId, sizeBytes, content: recorder.finish() } as const;
      return { result, isWhole: failure === null };
    },
  };
}

/** Inspects one layer that comes as a stream. */
export async function inspectLayer(
  layer: AsyncIterable<Buffer>,
  limits: InspectionLimits = defaultLimits,
): Promise<InspectedLayer> {
  const inspector = openLayerInspector(limits);
  try {
    for await (const chunk of layer) await inspector.write(chunk);
    return await inspector.end();
  } finally {
    inspector.close();
  }
}

function codeOf(failure: unknown): WarningCode {
  if (!(failure instanceof Refusal)) return "layer-damaged";
  if (failure.reason === "inspection.archive.too-many-entries") return "entries-over-limit";
  return failure.kind === "limit" ? "layer-over-limit" : "layer-damaged";
}
