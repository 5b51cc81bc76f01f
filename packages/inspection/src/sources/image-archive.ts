import { Refusal } from "@rampart/kernel";
import type { Inspection } from "../contract.ts";
import { openLayerInspector } from "../layers/inspect-layer.ts";
import type { InspectedLayer, LayerInspector } from "../layers/inspect-layer.ts";
import { collectBody } from "../layers/collect-body.ts";
import { defaultLimits, inventoryLimits } from "../limits.ts";
import type { InspectionLimits } from "../limits.ts";
import { openDecompressor } from "../tar/decompress.ts";
import { resolveLink, toEntryPath } from "../tar/entry-path.ts";
import { TarWalker } from "../tar/walk-tar.ts";
import type { BodySink, TarEntry } from "../tar/walk-tar.ts";
import { inspectImage } from "./inspect-image.ts";
import type { ImageOptions } from "./inspect-image.ts";
import type { ImageParts, OnProgress } from "./image-parts.ts";

export type ArchiveOptions = ImageOptions & Readonly<{ limits?: InspectionLimits; onProgress?: OnProgress }>;

/** Chains of links between layers in an archive; docker writes none longer than one. */
const linkHopsMax = 8;
const documentsTotalFactor = 4;

/**
 * Inspects an image from the archive that `docker save`, `podman save` or `skopeo copy … oci-archive:` writes, in one
 * pass and without keeping it: which entries are layers is told by their content, because engines may send them before
 * the manifest that names them.
 */
export async function inspectImageArchive(
  archive: AsyncIterable<Buffer>,
  options: ArchiveOptions = {},
): Promise<Inspection> {
  const reading = new ArchiveReading(options);
  const parts = await reading.readAll(archive);
  return inspectImage(parts, options);
}

class ArchiveReading {
  readonly #options: ArchiveOptions;
  readonly #limits: InspectionLimits;
  readonly #documents = new Map<string, Buffer>();
  readonly #layers = new Map<string, InspectedLayer>();
  readonly #links = new Map<string, string>();
  /** Work on layers that the current chunk has asked for; done before the next chunk, so that nothing piles up. */
  #steps: (() => Promise<void>)[] = [];
  #open: LayerInspector | null = null;
  #documentBytes = 0;
  #layersBegun = 0;
  #bytesRead = 0;

  constructor(options: ArchiveOptions) {
    this.#options = options;
    this.#limits = options.limits ?? defaultLimits;
  }

  async readAll(archive: AsyncIterable<Buffer>): Promise<ImageParts> {
    const { archiveEntriesMax, headerBytesMax } = this.#limits;
    const walker = new TarWalker((entry) => this.#visit(entry), { entriesMax: archiveEntriesMax, headerBytesMax });
    const decompressor = openDecompressor(archiveLimits(this.#limits), (bytes) => walker.push(bytes));
    try {
      for await (const chunk of archive) {
        this.#bytesRead += chunk.length;
        await decompressor.write(chunk);
        await this.#work();
      }
      await decompressor.end();
      await this.#work();
      walker.end();
    } finally {
      decompressor.close();
      this.#open?.close();
    }
    return this.#parts();
  }

  async #work(): Promise<void> {
    const steps = this.#steps;
    this.#steps = [];
    for (const step of steps) await step();
    this.#report();
  }

  #report(): void {
    this.#options.onProgress?.({ layer: this.#layersBegun, layersTotal: null, bytesRead: this.#bytesRead });
  }

  #visit(entry: TarEntry): BodySink | null {
    const path = toEntryPath(entry.name);
    if (path === null) return null;
    if (entry.kind === "symlink" || entry.kind === "hardlink") {
      const target = entry.kind === "symlink" ? resolveLink(path, entry.linkName) : toEntryPath(entry.linkName);
      if (target !== null) this.#links.set(path, target);
      return null;
    }
    return entry.kind === "file" && entry.size > 0 ? this.#part(path, entry.size) : null;
  }

  /** Documents are JSON; everything else is taken for a layer until its content says otherwise. */
  #part(path: string, size: number): BodySink {
    let sink: BodySink | null = null;
    return {
      write: (bytes) => {
        const isJson = bytes[0] === 0x7b || bytes[0] === 0x5b;
        sink ??= isJson ? this.#document(path, size) : this.#layer(path);
        sink.write(bytes);
      },
      end: () => sink?.end(),
    };
  }

  #document(path: string, size: number): BodySink {
    const { documentBytesMax } = this.#limits;
    this.#documentBytes += size;
    if (size > documentBytesMax || this.#documentBytes > documentsTotalFactor * documentBytesMax) {
      throw new Refusal("limit", "inspection.archive.document-over-limit", "The documents of the image are too large.");
    }
    // A copy, because a view would keep the archive's whole chunk alive.
    return collectBody(size, (body) => void this.#documents.set(path, Buffer.from(body)));
  }

  #layer(path: string): BodySink {
    let inspector: LayerInspector | null = null;
    let known: InspectedLayer | null = null;
    this.#steps.push(async () => {
      this.#countLayer();
      known = await this.#cached(path);
      if (known === null) inspector = this.#open = openLayerInspector(this.#limits);
    });
    return {
      write: (bytes) => void this.#steps.push(async () => inspector?.write(bytes)),
      end: () =>
        void this.#steps.push(async () => {
          const inspected = known ?? (await inspector?.end());
          this.#open = null;
          if (inspected !== undefined) this.#layers.set(path, inspected);
        }),
    };
  }

  #countLayer(): void {
    this.#layersBegun += 1;
    if (this.#layersBegun > 2 * inventoryLimits.layersMax) {
      throw new Refusal(
        "limit",
        "inspection.archive.too-many-layers",
        "The archive holds more files than an image has layers. A root file system is scanned once it is unpacked, as a folder.",
      );
    }
  }

  /** Newer engines name the uncompressed layer by its digest, so that a known one need not be read again. */
  async #cached(path: string): Promise<InspectedLayer | null> {
    const hex = /^blobs\/sha256\/([0-9a-f]{64})$/.exec(path)?.[1];
    const result = hex === undefined ? null : ((await this.#options.cache?.get(`sha256:${hex}`)) ?? null);
    return result === null ? null : { result, isWhole: true };
  }

  #parts(): ImageParts {
    return {
      document: async (path) => this.#documents.get(this.#resolve(path)) ?? null,
      layer: async (path) => this.#layers.get(this.#resolve(path)) ?? null,
    };
  }

  #resolve(path: string): string {
    let resolved = toEntryPath(path) ?? path;
    for (let hop = 0; hop < linkHopsMax; hop += 1) resolved = this.#links.get(resolved) ?? resolved;
    return resolved;
  }
}

/** The archive may be as large as all its layers; each of those is measured on its own. */
function archiveLimits(limits: InspectionLimits): InspectionLimits {
  return { ...limits, layerBytesMax: limits.layerBytesMax * 4, ratioFreeBytes: limits.ratioFreeBytes * 4 };
}
