import type { InspectedLayer } from "../layers/inspect-layer.ts";

/** Where the documents and layers of an image come from: an archive that has been read, or a folder. */
export type ImageParts = Readonly<{
  /** Null when there is no such document. */
  document(path: string): Promise<Buffer | null>;
  /** Null when the layer is not there. A part may answer from a cache when the digest it must have is known. */
  layer(path: string, diffId: string | null): Promise<InspectedLayer | null>;
}>;

export type InspectionProgress = Readonly<{
  /** Layers begun so far. */
  layer: number;
  /** Null while the image has not yet said how many layers it has. */
  layersTotal: number | null;
  bytesRead: number;
}>;
export type OnProgress = (progress: InspectionProgress) => void;
