import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { LayerContent } from "./layer-result.ts";
import { stackLayers } from "./layer-stack.ts";

const name = fc.constantFrom("a", "b", "c");
const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((parts) => parts.join("/"));
const paths = fc.uniqueArray(path, { maxLength: 4 });

const anyLayer = fc
  .record({ files: paths, whiteouts: paths, opaqueFolders: paths, links: paths })
  // One name is one thing: no layer has a file below another of its files or links.
  .map((drawn) => {
    const links = drawn.links.filter((link) => !drawn.links.some((other) => isBelow(link, other)));
    const free = drawn.files.filter((file) => !links.some((link) => link === file || isBelow(file, link)));
    const files = free.filter(
      (file) => !free.some((other) => isBelow(file, other)) && !links.some((link) => isBelow(link, file)),
    );
    return toContent({ ...drawn, files, links });
  });

type Drawn = { files: string[]; whiteouts: string[]; opaqueFolders: string[]; links: string[] };

function toContent({ files, whiteouts, opaqueFolders, links }: Drawn): LayerContent {
  const records = files.map((file) => ({ path: file, content: { is: "owned" as const, owned: [] } }));
  return { records, whiteouts, opaqueFolders, silentFiles: [], links, warnings: [] };
}

function isBelow(inner: string, folder: string): boolean {
  return inner.startsWith(`${folder}/`);
}

/** What unpacking the layers one by one onto a disk would leave, done in the plainest way. */
function unpackNaively(layers: readonly LayerContent[]): Map<string, number> {
  const disk = new Map<string, number>();
  const remove = (gone: (file: string) => boolean) => {
    for (const file of disk.keys()) if (gone(file)) disk.delete(file);
  };
  for (const [index, layer] of layers.entries()) {
    for (const folder of layer.opaqueFolders) remove((file) => isBelow(file, folder));
    for (const gone of [...layer.whiteouts, ...layer.links]) remove((file) => file === gone || isBelow(file, gone));
    for (const { path: added } of layer.records) {
      remove((file) => isBelow(file, added));
      disk.set(added, index);
    }
  }
  return disk;
}

describe("stackLayers", () => {
  test("leaves what unpacking the layers one by one would leave", () => {
    fc.assert(
      fc.property(fc.array(anyLayer, { maxLength: 5 }), (layers) => {
        const visible = new Map([...stackLayers(layers)].map(([file, { layer }]) => [file, layer]));
        expect(visible).toEqual(unpackNaively(layers));
      }),
    );
  });

  test("a layer never hides its own files", () => {
    fc.assert(
      fc.property(fc.array(anyLayer, { maxLength: 4 }), anyLayer, (below, top) => {
        const visible = stackLayers([...below, top]);
        for (const { path: own } of top.records) expect(visible.get(own)?.layer).toBe(below.length);
      }),
    );
  });

  test("a layer that is missing changes nothing", () => {
    const layer = toContent({ files: ["a"], whiteouts: [], opaqueFolders: [], links: [] });
    expect([...stackLayers([layer, null]).keys()]).toEqual(["a"]);
  });

  test("an opaque root hides everything below", () => {
    const base = toContent({ files: ["a", "b/c"], whiteouts: [], opaqueFolders: [], links: [] });
    const top = toContent({ files: ["d"], whiteouts: [], opaqueFolders: [""], links: [] });
    expect([...stackLayers([base, top]).keys()]).toEqual(["d"]);
  });

  test("a program that is replaced by a file that tells nothing tells nothing any more", () => {
    const base = toContent({ files: ["bin/tool"], whiteouts: [], opaqueFolders: [], links: [] });
    const top = toContent({ files: [], whiteouts: [], opaqueFolders: [], links: [] });
    expect([...stackLayers([base, { ...top, silentFiles: ["bin/tool"] }]).keys()]).toEqual([]);
  });
});
