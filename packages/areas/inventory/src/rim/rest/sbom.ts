import type { InventoryPackage } from "@rampart/inspection/contract";
import { sbomFiles, type SbomFormat, type SbomSubject, writeSbom } from "@rampart/inspection/sbom";
import { Refusal } from "@rampart/kernel";
import { restRoute, type RestRoute } from "@rampart/rpc";
import { z } from "zod";
import { bindInventory } from "../../bind.ts";
import type { PackageRow, ResourceKind } from "../../contract.ts";
import { getContents, type ResourceContents } from "../../verbs/get-contents.ts";

/** Names of formats as clients write them, in our words. */
const formats: ReadonlyMap<string, SbomFormat> = new Map([
  ["cyclonedx", "cyclonedx-json"],
  ["cyclonedx-json", "cyclonedx-json"],
  ["cyclonedx-xml", "cyclonedx-xml"],
  ["spdx", "spdx-json"],
  ["spdx-json", "spdx-json"],
]);

const SbomQuery = z.object({
  id: z.string().min(1).max(512),
  sbomFormat: z.string().max(64).default("cyclonedx-json"),
});

/** Written in pieces of about this size, so that a large one is never whole in memory as text. */
const pieceLength = 64 * 1024;

const download = (path: string, resourceKind: ResourceKind, summary: string): RestRoute =>
  restRoute({
    method: "get",
    path,
    tag: resourceKind === "image" ? "Images" : "Hosts",
    summary,
    query: SbomQuery,
    answers: "file",
    async run({ platform, scope, caller, query }) {
      const format = formatOf(query.sbomFormat);
      const ctx = bindInventory(platform, scope, caller);
      const contents = await getContents(ctx, { resourceKind, resourceId: query.id });
      const origin = { id: ctx.ids.next(), createdAt: ctx.clock.now(), version: platform.version };
      const { ending, contentType } = sbomFiles[format];
      return {
        kind: "file",
        contentType,
        fileName: `${contents.name.slice(0, 100)}${ending}`,
        chunks: inPieces(writeSbom(format, toSubject(contents), origin)),
      };
    },
  });

export const sbomRoutes: readonly RestRoute[] = [
  download("/sbom/download/images", "image", "Bill of materials of an image: CycloneDX 1.6 (JSON, XML) or SPDX 2.3"),
  download("/sbom/download/hosts", "host", "Bill of materials of a host: CycloneDX 1.6 (JSON, XML) or SPDX 2.3"),
];

function formatOf(asked: string): SbomFormat {
  const format = formats.get(asked.toLowerCase().replaceAll("_", "-"));
  if (format !== undefined) return format;
  const known = [...new Set(formats.values())].join(", ");
  throw new Refusal("invalid", "inventory.sbom.format-unknown", `There is no format "${asked}". Known are: ${known}.`);
}

function toSubject({ resourceKind, name, version, os, warnings, layers, packages }: ResourceContents): SbomSubject {
  return {
    kind: resourceKind,
    name,
    version,
    os,
    warnings,
    layers: layers.map(({ digest }) => digest),
    packages: packages.map(toPackage),
  };
}

function toPackage({ lookupName: _, licenses, ownedByOs, ...found }: PackageRow): InventoryPackage {
  return { ...found, ...(licenses.length > 0 && { licenses }), ...(ownedByOs && { ownedByOs }) };
}

async function* inPieces(texts: Iterable<string>): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  let piece = "";
  for (const text of texts) {
    piece += text;
    if (piece.length < pieceLength) continue;
    yield encoder.encode(piece);
    piece = "";
  }
  if (piece !== "") yield encoder.encode(piece);
}
