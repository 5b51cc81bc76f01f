import { Refusal } from "@rampart/kernel";
import { DockerManifest, notAnImage, OciIndex, OciManifest, readDocument } from "./image-documents.ts";
import type { OciIndexEntry } from "./image-documents.ts";
import type { ImageParts } from "./image-parts.ts";
import { tryJson } from "./try-json.ts";

/** Which documents and layers make up the image that was asked for. Layers base first. */
export type ChosenImage = Readonly<{ configPath: string; layerPaths: readonly string[]; repoTags: readonly string[] }>;

/** An index of platforms inside an index of names is as deep as tools go. */
const indexDepthMax = 4;
const refAnnotations = ["io.containerd.image.name", "org.opencontainers.image.ref.name"] as const;
const architectures: Readonly<Record<string, string>> = {
  x64: "amd64",
  arm64: "arm64",
  s390x: "s390x",
  ppc64: "ppc64le",
};

/** Finds the image in a `docker save` archive or OCI layout. `reference` is needed only where there are several. */
export async function chooseImage(parts: ImageParts, reference: string | null): Promise<ChosenImage> {
  const docker = await parts.document("manifest.json");
  if (docker !== null) return chooseFromManifest(readDocument(DockerManifest, docker, "manifest.json"), reference);
  const index = await parts.document("index.json");
  if (index !== null) return chooseFromIndex(parts, readDocument(OciIndex, index, "index.json"), reference);
  throw notAnImage("it has neither a manifest.json nor an index.json");
}

function chooseFromManifest(manifest: DockerManifest, reference: string | null): ChosenImage {
  const named = reference === null ? manifest : manifest.filter(({ RepoTags }) => isNamed(RepoTags ?? [], reference));
  const image = onlyOne(
    named,
    reference,
    manifest.flatMap(({ RepoTags }) => RepoTags ?? []),
  );
  return { configPath: image.Config, layerPaths: image.Layers, repoTags: image.RepoTags ?? [] };
}

async function chooseFromIndex(parts: ImageParts, index: OciIndex, reference: string | null): Promise<ChosenImage> {
  const images = index.manifests.filter(isImage);
  const named = reference === null ? images : images.filter((entry) => isNamed(namesOf(entry), reference));
  const isOneImage = named.length > 1 && named.every(({ platform }) => platform !== undefined);
  const entry = isOneImage ? choosePlatform(named) : onlyOne(named, reference, images.flatMap(namesOf));
  const manifest = await readManifest(parts, entry, 1);
  return {
    configPath: blobPath(manifest.config.digest),
    layerPaths: manifest.layers.map(({ digest }) => blobPath(digest)),
    repoTags: namesOf(entry),
  };
}

async function readManifest(parts: ImageParts, entry: OciIndexEntry, depth: number): Promise<OciManifest> {
  const path = blobPath(entry.digest);
  const bytes = await parts.document(path);
  if (bytes === null) throw notAnImage(`${path} is missing`);
  const inner = OciIndex.safeParse(tryJson(bytes));
  if (!inner.success) return readDocument(OciManifest, bytes, path);
  if (depth >= indexDepthMax) throw notAnImage(`its indexes are more than ${indexDepthMax} deep`);
  return readManifest(parts, choosePlatform(inner.data.manifests.filter(isImage)), depth + 1);
}

/** Builders add statements about an image to its index, as images of the platform "unknown". */
function isImage({ platform }: OciIndexEntry): boolean {
  return platform?.os !== "unknown";
}

function choosePlatform(entries: readonly OciIndexEntry[]): OciIndexEntry {
  const own = architectures[process.arch] ?? process.arch;
  const entry = entries.find(({ platform }) => platform?.os === "linux" && platform.architecture === own) ?? entries[0];
  if (entry === undefined) throw notAnImage("its index names no image");
  return entry;
}

function namesOf({ annotations = {} }: OciIndexEntry): string[] {
  return refAnnotations.flatMap((key) => annotations[key] ?? []).slice(0, 1);
}

/** `debian:12` finds `docker.io/library/debian:12`, which is how some engines write it. */
function isNamed(names: readonly string[], reference: string): boolean {
  return names.some((name) => name === reference || name.endsWith(`/${reference}`));
}

function onlyOne<T>(found: readonly T[], reference: string | null, names: readonly string[]): T {
  const [first, second] = found;
  if (first !== undefined && second === undefined) return first;
  const list = names.slice(0, 10).join(", ");
  if (first === undefined) {
    throw new Refusal(
      "not-found",
      "inspection.image.not-found",
      `There is no image "${reference}" in it; it has: ${list}.`,
    );
  }
  throw new Refusal("invalid", "inspection.image.ambiguous", `It holds ${found.length} images; name one of: ${list}.`);
}

function blobPath(digest: string): string {
  return `blobs/${digest.replace(":", "/")}`;
}
