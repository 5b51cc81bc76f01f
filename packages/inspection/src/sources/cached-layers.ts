import type { Inventory } from "../contract.ts";
import type { LayerCache } from "../layers/layer-cache.ts";
import { mergeLayers } from "../layers/merge-layers.ts";
import type { MergeOptions, StackedLayer } from "../layers/merge-layers.ts";

/** The inventory of an image whose layers have all been read before, base first; null when one of them has not. */
export async function inventoryFromCache(
  diffIds: readonly string[],
  cache: LayerCache,
  options: MergeOptions = {},
): Promise<Inventory | null> {
  const layers = await readLayersFromCache(diffIds, cache);
  return layers === null ? null : mergeLayers(layers, options);
}

/** The layers of an image, base first; null when one of them has not been read before. */
export async function readLayersFromCache(
  diffIds: readonly string[],
  cache: LayerCache,
): Promise<StackedLayer[] | null> {
  const layers: StackedLayer[] = [];
  for (const diffId of diffIds) {
    const result = await cache.get(diffId);
    if (result === null) return null;
    layers.push({ content: result.content, facts: { digest: diffId, diffId, sizeBytes: result.sizeBytes } });
  }
  return layers;
}
