import type { FileRecord, LayerContent } from "./layer-result.ts";

/** A file that can be seen in the stacked layers, with the layer that each of its packages came with. */
export type VisibleFile = Readonly<{ record: FileRecord; layer: number; broughtBy: ReadonlyMap<string, number> }>;

/**
 * Stacks layers, base first, as a container would see them: a layer's deletions hide what the layers below it had,
 * never its own files. Returns the interesting files that remain visible.
 */
export function stackLayers(layers: readonly (LayerContent | null)[]): ReadonlyMap<string, VisibleFile> {
  const visible = new Map<string, VisibleFile>();
  for (const [layer, content] of layers.entries()) {
    if (content === null) continue;
    hideBelow(visible, content);
    for (const record of content.records) {
      const broughtBy = attribute(record, layer, visible.get(record.path));
      visible.set(record.path, { record, layer, broughtBy });
    }
  }
  return visible;
}

function hideBelow(visible: Map<string, VisibleFile>, content: LayerContent): void {
  const replaced = new Set([...content.whiteouts, ...content.links, ...content.silentFiles]);
  const opaque = new Set(content.opaqueFolders);
  // A file also hides a folder of its own name.
  const files = new Set(content.records.map(({ path }) => path));
  if (replaced.size + opaque.size + files.size === 0) return;
  for (const path of visible.keys()) {
    if (
      replaced.has(path) ||
      isBelow(path, (folder) => replaced.has(folder) || opaque.has(folder) || files.has(folder))
    ) {
      visible.delete(path);
    }
  }
}

/** Asks about each folder that holds the path, the root ("") included. */
function isBelow(path: string, isHidden: (folder: string) => boolean): boolean {
  for (let slash = path.lastIndexOf("/"); slash > 0; slash = path.lastIndexOf("/", slash - 1)) {
    if (isHidden(path.slice(0, slash))) return true;
  }
  return isHidden("");
}

/**
 * A package database is written anew by each layer that installs something, and copying a file up changes nothing in
 * it. So a package keeps the layer in which its file first told of it.
 */
function attribute(record: FileRecord, layer: number, before: VisibleFile | undefined): ReadonlyMap<string, number> {
  const broughtBy = new Map<string, number>();
  if (record.content === null || !("packages" in record.content)) return broughtBy;
  for (const found of record.content.packages) {
    const key = packageKey(found);
    broughtBy.set(key, before?.broughtBy.get(key) ?? layer);
  }
  return broughtBy;
}

export function packageKey(found: { name: string; version: string; architecture?: string | undefined }): string {
  return `${found.name}\n${found.version}\n${found.architecture ?? ""}`;
}
