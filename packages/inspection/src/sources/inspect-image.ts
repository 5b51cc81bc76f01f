import { createHash } from "node:crypto";
import type { ImageFacts, Inspection, InventoryWarning, LayerFacts } from "../contract.ts";
import type { LayerCache } from "../layers/layer-cache.ts";
import type { InspectedLayer } from "../layers/inspect-layer.ts";
import { mergeLayers } from "../layers/merge-layers.ts";
import type { MergeOptions, StackedLayer } from "../layers/merge-layers.ts";
import { inventoryLimits } from "../limits.ts";
import { printable, warning } from "../warnings.ts";
import { chooseImage } from "./choose-image.ts";
import type { ChosenImage } from "./choose-image.ts";
import { ImageConfig, notAnImage, readDocument } from "./image-documents.ts";
import type { ImageParts } from "./image-parts.ts";

export type ImageOptions = MergeOptions & Readonly<{ reference?: string | null; cache?: LayerCache }>;

/** Inspects the image that the parts hold, layer by layer. */
export async function inspectImage(parts: ImageParts, options: ImageOptions = {}): Promise<Inspection> {
  const chosen = await chooseImage(parts, options.reference ?? null);
  const configBytes = await parts.document(chosen.configPath);
  if (configBytes === null) throw notAnImage(`${chosen.configPath} is missing`);
  const config = readDocument(ImageConfig, configBytes, chosen.configPath);
  const layers: StackedLayer[] = [];
  for (const [index, path] of chosen.layerPaths.entries()) {
    const diffId = config.rootfs.diff_ids[index] ?? null;
    const inspected = await parts.layer(path, diffId);
    if (inspected?.isWhole === true) await options.cache?.put(inspected.result);
    layers.push(toStackedLayer(inspected, { path, diffId, createdBy: creatorsOf(config)[index] }));
  }
  return { image: toImageFacts(chosen, config, configBytes), inventory: mergeLayers(layers, options) };
}

type Named = Readonly<{ path: string; diffId: string | null; createdBy: string | undefined }>;

function toStackedLayer(inspected: InspectedLayer | null, named: Named): StackedLayer {
  const { path, diffId, createdBy } = named;
  const digest = digestIn(path) ?? diffId ?? inspected?.result.diffId ?? `sha256:${"0".repeat(64)}`;
  const facts: StackedLayer["facts"] = {
    digest,
    ...(diffId !== null && { diffId }),
    sizeBytes: inspected?.result.sizeBytes ?? 0,
    ...(createdBy !== undefined && { createdBy: printable(createdBy, inventoryLimits.createdByLengthMax) }),
  } satisfies Omit<LayerFacts, "packageCount">;
  return { content: inspected?.result.content ?? null, facts, warnings: layerWarnings(inspected, named) };
}

function layerWarnings(inspected: InspectedLayer | null, { path, diffId }: Named): InventoryWarning[] {
  if (inspected === null) return [warning("layer-missing", `The layer ${path} is not in the image`)];
  if (!inspected.isWhole || inspected.result.diffId === diffId) return [];
  const message = `The layer ${path} has the digest ${inspected.result.diffId}, not ${diffId ?? "any that the image states"}`;
  return [warning("layer-digest-mismatch", message)];
}

/** `blobs/sha256/<hex>` and podman's `<hex>.tar` name a digest; docker's `<id>/layer.tar` does not. */
function digestIn(path: string): string | null {
  const match = /(?:^|\/)([0-9a-f]{64})(?:\.tar)?$/.exec(path);
  return match?.[1] === undefined ? null : `sha256:${match[1]}`;
}

/** The instruction of each layer; instructions that made no layer are left out. */
function creatorsOf(config: ImageConfig): (string | undefined)[] {
  return (config.history ?? []).filter((step) => step.empty_layer !== true).map((step) => step.created_by);
}

function toImageFacts(chosen: ChosenImage, config: ImageConfig, configBytes: Buffer): ImageFacts {
  const labels = Object.entries(config.config?.Labels ?? {}).slice(0, 256);
  const created = config.created ?? "";
  return {
    imageId: `sha256:${createHash("sha256").update(configBytes).digest("hex")}`,
    repoTags: chosen.repoTags.map((tag) => printable(tag, 512)),
    architecture: config.architecture,
    os: config.os,
    ...(created !== "" && { createdAt: created }),
    labels: Object.fromEntries(labels.map(([key, value]) => [key.slice(0, 512), value.slice(0, 4096)])),
  };
}
