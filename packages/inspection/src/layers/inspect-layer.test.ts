import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { defaultLimits } from "../limits.ts";
import { buildTar, inChunks, sha256 } from "../testing/archives.ts";
import type { Entry } from "../testing/archives.ts";
import { debian12, dpkgStatus, nodeModule } from "../testing/sample-files.ts";
import { inspectLayer } from "./inspect-layer.ts";
import { LayerResult } from "./layer-result.ts";

const inspectEntries = async (entries: readonly Entry[], limits = defaultLimits) =>
  inspectLayer(inChunks(await buildTar(entries)), limits);

const codes = ({ content }: LayerResult) => content.warnings.map(({ code }) => code);
const paths = ({ content }: LayerResult) => content.records.map(({ path }) => path);

describe("inspectLayer", () => {
  test("keeps what readers made of the interesting files, and nothing of the others", async () => {
    const layer = await buildTar([
      debian12,
      { name: "usr/bin/large", body: Buffer.alloc(300_000, "x") },
      dpkgStatus({ bash: "5.2.15-2+b2" }),
      nodeModule("app", "lodash", "4.17.4"),
    ]);
    const { result, isWhole } = await inspectLayer(inChunks(layer));
    expect(isWhole).toBe(true);
    expect(paths(result)).toEqual(["etc/os-release", "var/lib/dpkg/status", "app/node_modules/lodash/package.json"]);
    expect(result).toMatchObject({ diffId: `sha256:${sha256(layer)}`, sizeBytes: layer.length });
    expect(LayerResult.parse(JSON.parse(JSON.stringify(result)))).toEqual(result);
  });

  test("the digest is that of the uncompressed bytes, however the layer is packed", async () => {
    const layer = await buildTar([debian12]);
    const { result } = await inspectLayer(inChunks(gzipSync(layer)));
    expect(result.diffId).toBe(`sha256:${sha256(layer)}`);
  });

  test("notes deletions and opaque folders, but not the bookkeeping of file systems", async () => {
    const { result } = await inspectEntries([
      { name: "app/.wh.old" },
      { name: "app/folder/.wh..wh..opq" },
      { name: ".wh..wh.aufs" },
      { name: "usr/share/x.wh.y/file" },
    ]);
    expect(result.content).toMatchObject({ whiteouts: ["app/old"], opaqueFolders: ["app/folder"], warnings: [] });
  });

  test("a hard link to a file of the layer tells the same as the file", async () => {
    const original = nodeModule("store", "lodash", "4.17.4");
    const copy = { name: "app/node_modules/lodash/package.json", type: "link", linkname: original.name } as const;
    const { result } = await inspectEntries([original, copy]);
    expect(result.content.records[1]?.content).toEqual(result.content.records[0]?.content);
  });

  test.for([
    ["a path that climbs out of the root", { name: "../../etc/os-release", body: "ID=evil" }, "entry-outside-root"],
    [
      "a link that climbs out of the root",
      { name: "etc/x", type: "symlink", linkname: "../../../etc/shadow" },
      "link-outside-root",
    ],
    [
      "a hard link out of the root",
      { name: "etc/os-release", type: "link", linkname: "../../etc/shadow" },
      "link-outside-root",
    ],
    [
      "a hard link to what was not read",
      { name: "etc/os-release", type: "link", linkname: "etc/x" },
      "link-unresolved",
    ],
  ] as const)("%s is passed over with a warning", async ([, entry, code]) => {
    const { result, isWhole } = await inspectEntries([entry]);
    expect(result.content.records).toEqual([]);
    expect(codes(result)).toEqual([code]);
    expect(isWhole).toBe(true);
  });

  test("an absolute path counts from the root", async () => {
    const { result } = await inspectEntries([{ ...debian12, name: "/etc/os-release" }]);
    expect(paths(result)).toEqual(["etc/os-release"]);
  });

  test.for([
    ["cut short in a file", (layer: Buffer) => layer.subarray(0, layer.length - 3000)],
    ["packed and cut short", (layer: Buffer) => gzipSync(layer).subarray(0, -20)],
    ["of noise", () => Buffer.alloc(10_000, "noise")],
  ] as const)("a layer %s says that it is damaged, and is not whole", async ([, harm]) => {
    const layer = await buildTar([debian12, { name: "rest", body: Buffer.alloc(5000, "x") }]);
    const { result, isWhole } = await inspectLayer(inChunks(harm(layer)));
    expect(isWhole).toBe(false);
    expect(codes(result)).toEqual(["layer-damaged"]);
  });

  test("what was read before the damage is kept", async () => {
    const layer = await buildTar([debian12, { name: "rest", body: Buffer.alloc(5000, "x") }]);
    const { result } = await inspectLayer(inChunks(layer.subarray(0, -3000)));
    expect(paths(result)).toEqual(["etc/os-release"]);
  });

  test("a bomb is stopped and said to be over the limit", async () => {
    const limits = { ...defaultLimits, ratioFreeBytes: 1_000_000, ratioMax: 20 };
    const bomb = gzipSync(await buildTar([{ name: "zeros", body: Buffer.alloc(20_000_000) }]));
    const { result, isWhole } = await inspectLayer(inChunks(bomb, 4096), limits);
    expect(isWhole).toBe(false);
    expect(codes(result)).toEqual(["layer-over-limit"]);
    expect(result.sizeBytes).toBeLessThan(5_000_000);
  });

  test("too many entries stop the layer", async () => {
    const entries = Array.from({ length: 20 }, (_, index) => ({ name: `file-${index}` }));
    const { result, isWhole } = await inspectEntries(entries, { ...defaultLimits, entriesMax: 10 });
    expect(isWhole).toBe(false);
    expect(codes(result)).toEqual(["entries-over-limit"]);
  });

  test("a database that is too large is named, not read", async () => {
    const { result } = await inspectEntries([dpkgStatus({ bash: "5" })], { ...defaultLimits, databaseBytesMax: 10 });
    expect(result.content.records[0]).toMatchObject({ content: null, problem: { code: "file-over-limit" } });
  });

  test.for([
    ["no JSON", "{"],
    ["a JSON bomb", `${"[".repeat(400_000)}${"]".repeat(400_000)}`],
    ["numbers without end", `{"name":"x","version":${"9".repeat(100_000)}}`],
  ] as const)("a package.json that is %s costs only itself", async ([, body]) => {
    const broken = { name: "app/node_modules/broken/package.json", body };
    const { result, isWhole } = await inspectEntries([broken, nodeModule("app", "lodash", "4.17.4")]);
    expect(isWhole).toBe(true);
    expect(result.content.records.filter(({ content }) => content?.is === "packages")).toHaveLength(1);
  });

  test("a hundred thousand hostile paths make one warning", async () => {
    const entries = Array.from({ length: 2000 }, (_, index) => ({ name: `../${index}` }));
    const { result } = await inspectEntries(entries);
    expect(result.content.warnings).toHaveLength(1);
    expect(result.content.warnings[0]?.message).toContain("(and 1999 more)");
  });
});
