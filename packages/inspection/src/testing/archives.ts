import { createHash } from "node:crypto";
import { buffer } from "node:stream/consumers";
import { gzipSync } from "node:zlib";
import { pack } from "tar-stream";

type EntryType = "file" | "directory" | "symlink" | "link" | "fifo" | "character-device";
export type Entry = Readonly<{ name: string; body?: string | Buffer; type?: EntryType; linkname?: string }>;

/** A tar archive of the entries, in their order. */
export async function buildTar(entries: readonly Entry[]): Promise<Buffer> {
  const archive = pack();
  for (const { name, body = "", type = "file", linkname } of entries) {
    const header = { name, type, ...(linkname !== undefined && { linkname }) };
    if (type === "file") archive.entry(header, Buffer.from(body));
    else archive.entry(header);
  }
  archive.finalize();
  return buffer(archive);
}

export function sha256(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** The bytes as a stream of chunks of the given size. */
export async function* inChunks(bytes: Buffer, chunkBytes = 64 * 1024): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
}

export type ImageShape = Readonly<{
  layers: readonly Buffer[];
  diffIds?: readonly string[];
  repoTags?: readonly string[];
  labels?: Readonly<Record<string, string>>;
}>;

export function buildConfig({ layers, diffIds, labels = {} }: ImageShape): Buffer {
  const config = {
    architecture: "amd64",
    os: "linux",
    config: { Labels: labels },
    rootfs: { type: "layers", diff_ids: diffIds ?? layers.map((layer) => `sha256:${sha256(layer)}`) },
    history: [
      ...layers.map((_, index) => ({ created_by: `RUN step ${index}` })),
      { created_by: "CMD run", empty_layer: true },
    ],
  };
  return Buffer.from(JSON.stringify(config));
}

/** What `docker save` writes: layers and configuration beside a manifest.json, which comes first or last. */
export async function buildDockerArchive(image: ImageShape, manifestFirst = false): Promise<Buffer> {
  const config = buildConfig(image);
  const paths = image.layers.map((layer) => `${sha256(layer).slice(0, 32)}/layer.tar`);
  const manifest = {
    name: "manifest.json",
    body: JSON.stringify([{ Config: "config.json", RepoTags: image.repoTags ?? ["shop:1"], Layers: paths }]),
  };
  const layers = image.layers.map((body, index) => ({ name: paths[index] ?? "", body }));
  const parts = [...layers, { name: "config.json", body: config }];
  return buildTar(manifestFirst ? [manifest, ...parts] : [...parts, manifest]);
}

/** The files of an OCI layout with one image, layers packed with gzip. */
export function ociLayoutEntries(image: ImageShape): Entry[] {
  const config = buildConfig(image);
  const layers = image.layers.map((layer) => gzipSync(layer));
  const descriptor = (bytes: Buffer) => ({ digest: `sha256:${sha256(bytes)}`, size: bytes.length });
  const manifest = Buffer.from(JSON.stringify({ config: descriptor(config), layers: layers.map(descriptor) }));
  const index = {
    manifests: [{ ...descriptor(manifest), annotations: { "org.opencontainers.image.ref.name": "shop:1" } }],
  };
  const blobs = [...layers, config, manifest].map((body) => ({ name: `blobs/sha256/${sha256(body)}`, body }));
  return [...blobs, { name: "index.json", body: JSON.stringify(index) }, { name: "oci-layout", body: "{}" }];
}
