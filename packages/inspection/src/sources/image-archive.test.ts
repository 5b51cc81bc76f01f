import { gzipSync, zstdCompressSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { Inspection } from "../contract.ts";
import type { LayerCache } from "../layers/layer-cache.ts";
import type { LayerResult } from "../layers/layer-result.ts";
import { defaultLimits } from "../limits.ts";
import { buildConfig, buildDockerArchive, buildTar, inChunks, ociLayoutEntries, sha256 } from "../testing/archives.ts";
import { debian12, dpkgStatus, nodeModule } from "../testing/sample-files.ts";
import { inspectImageArchive } from "./image-archive.ts";
import type { ArchiveOptions } from "./image-archive.ts";

const base = await buildTar([debian12, dpkgStatus({ bash: "5.2" })]);
const top = await buildTar([nodeModule("app", "lodash", "4.17.4"), { name: "etc/.wh.gone" }]);
const evil = await buildTar([nodeModule("x", "evil", "1.0.0")]);
const shop = { layers: [base, top], labels: { team: "shop" } };

const inspectBytes = async (archive: Buffer, options: ArchiveOptions = {}) =>
  Inspection.parse(await inspectImageArchive(inChunks(archive, 10_000), options));
const names = ({ inventory }: Inspection) => inventory.packages.map(({ name, layer }) => `${name} @${layer}`);
const codes = ({ inventory }: Inspection) => inventory.warnings.map(({ code }) => code);

describe("inspectImageArchive", () => {
  test.for([
    ["layers before the manifest", () => buildDockerArchive(shop)],
    ["the manifest before the layers", () => buildDockerArchive(shop, true)],
    ["an OCI layout in a tar", () => buildTar(ociLayoutEntries(shop))],
    ["an OCI layout, manifests first", () => buildTar(ociLayoutEntries(shop).toReversed())],
    ["an archive packed with gzip", async () => gzipSync(await buildDockerArchive(shop))],
    ["an archive packed with zstd", async () => zstdCompressSync(await buildDockerArchive(shop))],
    ["layers packed with zstd", () => dockerArchiveOf([zstdCompressSync(base), zstdCompressSync(top)])],
  ] as const)("reads %s", async ([, build]) => {
    const inspection = await inspectBytes(await build());
    expect(names(inspection)).toEqual(["bash @0", "lodash @1"]);
    expect(codes(inspection)).toEqual([]);
    expect(inspection.image).toMatchObject({
      imageId: `sha256:${sha256(buildConfig(shop))}`,
      repoTags: ["shop:1"],
      architecture: "amd64",
      labels: { team: "shop" },
    });
    expect(inspection.inventory.layers).toMatchObject([
      { diffId: `sha256:${sha256(base)}`, createdBy: "RUN step 0", packageCount: 1, sizeBytes: base.length },
      { diffId: `sha256:${sha256(top)}`, createdBy: "RUN step 1", packageCount: 1, sizeBytes: top.length },
    ]);
  });

  test("follows the links that older engines write for a layer that two images share", async () => {
    const archive = await buildTar([
      { name: "one/layer.tar", body: base },
      { name: "two/layer.tar", type: "symlink", linkname: "../one/layer.tar" },
      { name: "three/layer.tar", type: "symlink", linkname: "../three/layer.tar" },
      { name: "config.json", body: buildConfig({ layers: [base] }) },
      {
        name: "manifest.json",
        body: JSON.stringify([{ Config: "config.json", RepoTags: null, Layers: ["two/layer.tar"] }]),
      },
    ]);
    expect(names(await inspectBytes(archive))).toEqual(["bash @0"]);
  });

  test("of several images it wants one named", async () => {
    const manifest = ["shop:1", "docker.io/library/till:2"].map((tag) => ({
      Config: "config.json",
      RepoTags: [tag],
      Layers: ["base/layer.tar"],
    }));
    const archive = await buildTar([
      { name: "base/layer.tar", body: base },
      { name: "config.json", body: buildConfig({ layers: [base] }) },
      { name: "manifest.json", body: JSON.stringify(manifest) },
    ]);
    await expect(inspectBytes(archive)).rejects.toMatchObject({ reason: "inspection.image.ambiguous" });
    await expect(inspectBytes(archive, { reference: "other" })).rejects.toMatchObject({ kind: "not-found" });
    expect((await inspectBytes(archive, { reference: "library/till:2" })).image?.repoTags).toEqual([
      manifest[1]?.RepoTags[0],
    ]);
  });

  test.for([
    ["a layer that is missing", ["layer-missing"], [null, top]],
    ["a layer that is cut short", ["layer-damaged"], [gzipSync(base).subarray(0, -12), top]],
    ["a layer that is noise", ["layer-damaged"], [Buffer.alloc(4000, "noise"), top]],
    ["a layer other than the image says", ["layer-digest-mismatch"], [evil, top]],
  ] as const)("%s is said, and the rest is read", async ([, expected, layers]) => {
    const inspection = await inspectBytes(await dockerArchiveOf(layers));
    expect(codes(inspection)).toEqual(expected);
    expect(inspection.inventory.warnings[0]?.layer).toBe(0);
    expect(names(inspection)).toContain("lodash @1");
  });

  test.for([
    ["cut short", async () => (await buildDockerArchive(shop)).subarray(0, 3000), "inspection.archive.corrupt"],
    ["noise", async () => Buffer.alloc(5000, "noise"), "inspection.archive.corrupt"],
    ["empty", async () => Buffer.alloc(0), "inspection.image.malformed"],
    ["not an image", async () => base, "inspection.image.malformed"],
    [
      "packed and cut short",
      async () => gzipSync(await buildDockerArchive(shop)).subarray(0, -9),
      "inspection.layer.damaged",
    ],
    [
      "without its configuration",
      () => buildTar([{ name: "manifest.json", body: manifestFor(["x"]) }]),
      "inspection.image.malformed",
    ],
    [
      "with a manifest of the wrong shape",
      () => buildTar([{ name: "manifest.json", body: "[]" }]),
      "inspection.image.malformed",
    ],
    [
      "with a manifest bomb",
      () => buildTar([{ name: "manifest.json", body: "[".repeat(500_000) }]),
      "inspection.image.malformed",
    ],
  ] as const)("an archive that is %s is refused", async ([, build, reason]) => {
    await expect(inspectBytes(await build())).rejects.toMatchObject({ reason });
  });

  test("documents that are too large are refused before they are kept", async () => {
    const archive = await buildTar([{ name: "manifest.json", body: Buffer.alloc(2000, "[") }]);
    const limits = { ...defaultLimits, documentBytesMax: 1000 };
    await expect(inspectBytes(archive, { limits })).rejects.toMatchObject({ kind: "limit" });
  });

  test("layers are kept by digest, whole ones only, and not read again", async () => {
    const kept = new Map<string, LayerResult>();
    const cache: LayerCache = {
      get: async (diffId) => kept.get(diffId) ?? null,
      put: async (result) => void kept.set(result.diffId, result),
    };
    await inspectBytes(await dockerArchiveOf([base, gzipSync(top).subarray(0, -12)]), { cache });
    expect([...kept.keys()]).toEqual([`sha256:${sha256(base)}`]);
    // An engine that names the layer by its digest could send anything: what is known is not read.
    const archive = await buildTar([
      { name: `blobs/sha256/${sha256(base)}`, body: Buffer.alloc(2048, "unread") },
      { name: "config.json", body: buildConfig({ layers: [base] }) },
      { name: "manifest.json", body: manifestFor([`blobs/sha256/${sha256(base)}`]) },
    ]);
    const inspection = await inspectBytes(archive, { cache });
    expect(names(inspection)).toEqual(["bash @0"]);
    expect(codes(inspection)).toEqual([]);
  });

  test("tells how far it is", async () => {
    const seen: number[] = [];
    const archive = await buildDockerArchive(shop);
    await inspectBytes(archive, { onProgress: ({ layer, bytesRead }) => void seen.push(layer, bytesRead) });
    expect(seen.slice(-2)).toEqual([2, archive.length]);
  });
});

function manifestFor(layers: readonly string[]): string {
  return JSON.stringify([{ Config: "config.json", RepoTags: ["shop:1"], Layers: layers }]);
}

/** An archive that says it holds `base` and `top`, with other bytes in their places. */
async function dockerArchiveOf(layers: readonly (Buffer | null)[]): Promise<Buffer> {
  const present = layers.flatMap((body, index) => (body === null ? [] : [{ name: `${index}/layer.tar`, body }]));
  return buildTar([
    ...present,
    { name: "config.json", body: buildConfig(shop) },
    { name: "manifest.json", body: manifestFor(layers.map((_, index) => `${index}/layer.tar`)) },
  ]);
}
