import type { Inventory, InventoryPackage, InventorySecret, InventoryWarning } from "../contract.ts";
import type { LayerCache } from "../layers/layer-cache.ts";
import type { LayerContent } from "../layers/layer-result.ts";
import { stackLayers } from "../layers/layer-stack.ts";
import { mergeLayers } from "../layers/merge-layers.ts";
import type { StackedLayer } from "../layers/merge-layers.ts";
import { readLayersFromCache } from "./cached-layers.ts";
import { goneIn } from "./gone-in.ts";
import { readWritableLayer } from "./writable-layer.ts";
import type { WritableLayerOptions } from "./writable-layer.ts";

/** What became of a container since it was made from its image. A package with another version is in both lists. */
export type ContainerChanges = Readonly<{
  added: readonly InventoryPackage[];
  removed: readonly InventoryPackage[];
  /** Written by the container, not those that its image has. */
  secrets: readonly InventorySecret[];
  warnings: readonly InventoryWarning[];
}>;

export type ChangedContainer = Readonly<{
  /** Folder in which the overlay keeps what the container writes. */
  upper: string;
  /** Layers of its image, base first. */
  diffIds: readonly string[];
  /** The container's root as its processes see it; without it, what a folder made anew hides counts as still there. */
  merged?: string;
}>;

/** Compares a container with its image. Null while the layers of the image are not in the cache. */
export async function inspectContainerChanges(
  { upper, diffIds, merged }: ChangedContainer,
  cache: LayerCache,
  options: WritableLayerOptions = {},
): Promise<ContainerChanges | null> {
  const image = await readLayersFromCache(diffIds, cache);
  if (image === null) return null;
  const written = await readWritableLayer(upper, options);
  const lower = image.map(({ content }) => content);
  const gone = merged === undefined ? [] : goneIn(merged, hiddenPerhaps(lower, written));
  const content = { ...written.content, whiteouts: [...written.content.whiteouts, ...gone] };
  const facts = { digest: `sha256:${"0".repeat(64)}`, sizeBytes: 0 };
  return compare(
    mergeLayers(image),
    mergeLayers([...image, { content, facts }] satisfies StackedLayer[]),
    image.length,
  );
}

/**
 * Files of the image below folders that the container has written to. The mark of a folder that hides what the image
 * has there is an extended attribute, which cannot be read from here; whether these files can be seen tells the same.
 */
function hiddenPerhaps(
  lower: readonly (LayerContent | null)[],
  { content, folders }: Awaited<ReturnType<typeof readWritableLayer>>,
): string[] {
  const paths: string[] = [];
  for (const [path, { layer }] of stackLayers([...lower, content])) {
    if (layer < lower.length && isBelowOne(path, folders)) paths.push(path);
  }
  return paths;
}

function isBelowOne(path: string, folders: ReadonlySet<string>): boolean {
  for (let slash = path.lastIndexOf("/"); slash > 0; slash = path.lastIndexOf("/", slash - 1)) {
    if (folders.has(path.slice(0, slash))) return true;
  }
  return false;
}

function compare(before: Inventory, now: Inventory, writable: number): ContainerChanges {
  const had = new Set(before.packages.map(keyOf));
  const has = new Set(now.packages.map(keyOf));
  const known = new Set(before.secrets?.map(keyOfSecret));
  return {
    added: now.packages.filter((found) => !had.has(keyOf(found))).map(withoutLayer),
    removed: before.packages.filter((found) => !has.has(keyOf(found))).map(withoutLayer),
    secrets: (now.secrets ?? [])
      .filter((secret) => secret.layer === writable && !known.has(keyOfSecret(secret)))
      .map(withoutLayer),
    warnings: now.warnings.filter(({ layer }) => layer === writable).map(withoutLayer),
  };
}

const keyOf = ({ kind, purl, version, path }: InventoryPackage): string =>
  [kind, purl, version, path ?? ""].join("\u001f");
const keyOfSecret = ({ kind, path, hint }: InventorySecret): string => [kind, path, hint].join("\u001f");

function withoutLayer<Part extends { layer?: number | undefined }>({ layer: _, ...rest }: Part): Omit<Part, "layer"> {
  return rest;
}
