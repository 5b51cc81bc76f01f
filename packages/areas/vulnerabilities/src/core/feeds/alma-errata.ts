import { z } from "zod";
import { checkEntry, toInstant } from "./check-entry.ts";
import type { Conversion, FeedEntry } from "./feed-entry.ts";
import { each, jsonPieces, placeOf } from "./json-pieces.ts";
import { toNoticeRecord } from "./rpm-notice.ts";

const Word = z.string().max(512);
/** Dates come from a document database: `{ "$date": 1646092800000 }`. The bound is the last instant of a Date. */
const Stamp = z.object({ $date: z.union([z.number().min(0).max(8.64e15), z.string().max(40)]) });

const Erratum = z.object({
  updateinfo_id: z.string().min(1).max(256),
  type: Word,
  severity: Word.optional(),
  title: z.string().max(10_000).default(""),
  issued_date: Stamp.optional().catch(undefined),
  updated_date: Stamp.optional().catch(undefined),
  references: z
    .array(z.object({ type: Word, id: Word.optional(), href: z.string().max(4_096).optional() }))
    .max(10_000),
  pkglist: z.object({
    packages: z
      .array(z.object({ name: Word.min(1), epoch: Word.default("0"), version: Word.min(1), release: Word.min(1) }))
      .max(50_000),
  }),
});
type Erratum = z.infer<typeof Erratum>;

/** The list `errata.json` of errata.almalinux.org. */
export async function* readAlmaErrata({ chunks, asOf }: Conversion): AsyncGenerator<FeedEntry> {
  for await (const { path, value } of jsonPieces(chunks, [each])) {
    const place = placeOf(path);
    const erratum = checkEntry(Erratum, value, place);
    const record = erratum.type === "security" ? toNoticeRecord(toNotice(erratum, asOf)) : null;
    if (record !== null) yield { place, record };
  }
}

function toNotice(erratum: Erratum, asOf: string) {
  const published = instantOf(erratum.issued_date);
  const link = erratum.references.find(({ type }) => type === "self")?.href;
  return {
    id: erratum.updateinfo_id,
    title: erratum.title,
    modified: instantOf(erratum.updated_date) ?? published ?? asOf,
    cves: erratum.references.flatMap(({ type, id }) => (type === "cve" && id !== undefined ? [id] : [])),
    packages: erratum.pkglist.packages,
    ...(published !== undefined && { published }),
    ...(erratum.severity !== undefined && { severity: erratum.severity }),
    ...(link !== undefined && { link }),
  };
}

function instantOf(stamp: z.infer<typeof Stamp> | undefined): string | undefined {
  if (stamp === undefined) return undefined;
  return toInstant(typeof stamp.$date === "number" ? new Date(stamp.$date).toISOString() : stamp.$date);
}
