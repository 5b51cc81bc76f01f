import type { LayerResult } from "./layer-result.ts";

/** Keeps results of whole layers by the digest of their uncompressed bytes: the same layer is never read twice. */
export type LayerCache = Readonly<{
  /** Null when it is not kept, or was kept by another revision. */
  get(diffId: string): Promise<LayerResult | null>;
  put(result: LayerResult): Promise<void>;
}>;
