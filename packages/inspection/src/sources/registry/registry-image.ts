import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { Outage, Refusal } from "@rampart/kernel";
import { z } from "zod";
import type { Inspection } from "../../contract.ts";
import { inspectLayer } from "../../layers/inspect-layer.ts";
import type { InspectedLayer } from "../../layers/inspect-layer.ts";
import { defaultLimits } from "../../limits.ts";
import type { InspectionLimits } from "../../limits.ts";
import type { ArchiveOptions } from "../image-archive.ts";
import { notAnImage } from "../image-documents.ts";
import { inspectImage } from "../inspect-image.ts";
import type { ImageParts } from "../image-parts.ts";
import { tryJson } from "../try-json.ts";
import { readBytes } from "./read-bytes.ts";
import type { RegistryAccess } from "./registry-access.ts";
import { readRegistryReference, type RegistryReference } from "./registry-reference.ts";
import { registryNamed, RegistrySession } from "./registry-session.ts";

const manifestTypes = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.v2+json",
].join(", ");

/** What documents name, loosely: an index its manifests, a manifest its layers with their sizes. */
const Naming = z.object({
  manifests: z.array(z.object({ digest: z.string() })).optional(),
  layers: z.array(z.object({ digest: z.string(), size: z.int().nonnegative() })).optional(),
});

type RegistryOptions = ArchiveOptions & Readonly<{ signal?: AbortSignal }>;

/**
 * Inspects an image where it lies in a registry of the distribution protocol: layers are read as they come and kept
 * nowhere, and those that the cache knows are not asked for.
 */
export async function inspectRegistryImage(
  image: string,
  access: RegistryAccess,
  options: RegistryOptions = {},
): Promise<Inspection> {
  const reference = readRegistryReference(image);
  const session = new RegistrySession(reference, access, options.signal);
  const reading = new RegistryReading(reference, session, options);
  return inspectImage(await reading.open(image), { ...options, reference: null });
}

class RegistryReading {
  readonly #reference: RegistryReference;
  readonly #session: RegistrySession;
  readonly #options: RegistryOptions;
  readonly #limits: InspectionLimits;
  readonly #manifests = new Map<string, Buffer | null>();
  readonly #layerSizes = new Map<string, number>();
  #layersBegun = 0;
  #bytesRead = 0;

  constructor(reference: RegistryReference, session: RegistrySession, options: RegistryOptions) {
    this.#reference = reference;
    this.#session = session;
    this.#options = options;
    this.#limits = options.limits ?? defaultLimits;
  }

  /** The registry as a folder in OCI layout with one image. */
  async open(name: string): Promise<ImageParts> {
    const { host, repository, version } = this.#reference;
    const answer = await this.#session.get(`manifests/${version}`, manifestTypes);
    if (answer === null) {
      const message = `The registry ${host} has no image ${repository} with "${version}".`;
      throw new Refusal("not-found", "inspection.image.not-found", message);
    }
    const bytes = await this.#read(answer, "The manifest");
    const digest = digestOf(bytes);
    if (version.startsWith("sha256:") && version !== digest) throw this.#lying("the manifest", version);
    this.#keep(digest, bytes);
    const annotations = { "org.opencontainers.image.ref.name": name };
    const index = Buffer.from(JSON.stringify({ manifests: [{ digest, annotations }] }));
    return {
      document: (path) => (path === "index.json" ? Promise.resolve(index) : this.#document(path)),
      layer: (path, diffId) => this.#layer(path, diffId),
    };
  }

  async #document(path: string): Promise<Buffer | null> {
    const digest = digestIn(path);
    if (digest === null) return null;
    const known = this.#manifests.get(digest);
    if (known !== undefined && known !== null) return known;
    const isManifest = known === null;
    const answer = await this.#session.get(isManifest ? `manifests/${digest}` : `blobs/${digest}`, manifestTypes);
    if (answer === null) return null;
    const bytes = await this.#read(answer, `The document ${digest}`);
    if (digestOf(bytes) !== digest) throw this.#lying("a document", digest);
    if (isManifest) this.#keep(digest, bytes);
    return bytes;
  }

  async #layer(path: string, diffId: string | null): Promise<InspectedLayer | null> {
    this.#layersBegun += 1;
    const known = diffId === null ? null : ((await this.#options.cache?.get(diffId)) ?? null);
    if (known !== null) return { result: known, isWhole: true };
    const digest = digestIn(path);
    const answer = digest === null ? null : await this.#session.get(`blobs/${digest}`);
    if (digest === null || answer === null) return null;
    return inspectLayer(this.#measured(answer, this.#layerSizes.get(digest) ?? 0), this.#limits);
  }

  /** A registry that sends more than it said would be read for ever. */
  async *#measured(answer: IncomingMessage, sizeBytes: number): AsyncGenerator<Buffer> {
    let read = 0;
    try {
      for await (const chunk of answer as AsyncIterable<Buffer>) {
        read += chunk.length;
        this.#bytesRead += chunk.length;
        const progress = { layer: this.#layersBegun, layersTotal: this.#layerSizes.size, bytesRead: this.#bytesRead };
        this.#options.onProgress?.(progress);
        if (read > sizeBytes) throw new Error(`a layer is longer than the ${sizeBytes} bytes that its manifest states`);
        yield chunk;
      }
      if (read < sizeBytes) throw new Error(`a layer ended after ${read} of ${sizeBytes} bytes`);
    } catch (error) {
      throw new Outage(registryNamed(this.#reference), error);
    } finally {
      answer.destroy();
    }
  }

  /** Remembers a manifest and what it names: only manifests may name others, and only they have sizes of layers. */
  #keep(digest: string, bytes: Buffer): void {
    this.#manifests.set(digest, bytes);
    const naming = Naming.safeParse(tryJson(bytes));
    if (!naming.success) throw notAnImage("its manifest is not of a form that is known");
    for (const inner of naming.data.manifests ?? []) {
      if (!this.#manifests.has(inner.digest)) this.#manifests.set(inner.digest, null);
    }
    for (const layer of naming.data.layers ?? []) this.#layerSizes.set(layer.digest, layer.size);
  }

  async #read(answer: IncomingMessage, what: string): Promise<Buffer> {
    try {
      return await readBytes(answer, this.#limits.documentBytesMax, what);
    } catch (error) {
      throw error instanceof Refusal ? error : new Outage(registryNamed(this.#reference), error);
    }
  }

  #lying(what: string, digest: string): Refusal {
    const message = `The registry ${this.#reference.host} sends ${what} that is not ${digest}.`;
    return new Refusal("invalid", "inspection.registry.wrong-digest", message);
  }
}

function digestIn(path: string): string | null {
  const hex = /^blobs\/sha256\/([0-9a-f]{64})$/.exec(path)?.[1];
  return hex === undefined ? null : `sha256:${hex}`;
}

function digestOf(bytes: Buffer): string {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}
