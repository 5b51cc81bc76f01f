import type { FeedKind } from "../../contract/intelligence.ts";
import { readAlmaErrata } from "./alma-errata.ts";
import { readAlpineSecdb } from "./alpine-secdb.ts";
import { readCsaf } from "./csaf.ts";
import { readDebianTracker } from "./debian-tracker.ts";
import { readExploitDb } from "./exploit-db.ts";
import type { FeedReader } from "./feed-entry.ts";
import { readKevCatalogue } from "./kev-catalogue.ts";
import { readNvd } from "./nvd.ts";
import { readOsvDocument } from "./osv-document.ts";
import { readUpdateinfo } from "./updateinfo.ts";

type Format = Readonly<{
  kind: FeedKind;
  /** As people call it. */
  name: string;
  /** Null for formats with one entry a line, which need no conversion. */
  read: FeedReader | null;
  /** One document is one entry or a few: a folder or archive of them is one feed. */
  isDocument: boolean;
}>;

const lines = { read: null, isDocument: false } as const;

/** Every format that can be imported. */
export const feedFormats = {
  "osv-lines": { kind: "osv", name: "OSV records, one a line", ...lines },
  "osv-document": { kind: "osv", name: "OSV records", read: readOsvDocument, isDocument: true },
  "debian-tracker": { kind: "osv", name: "Debian security tracker", read: readDebianTracker, isDocument: false },
  "alpine-secdb": { kind: "osv", name: "Alpine secdb", read: readAlpineSecdb, isDocument: false },
  csaf: { kind: "osv", name: "CSAF", read: readCsaf, isDocument: true },
  updateinfo: { kind: "osv", name: "updateinfo.xml", read: readUpdateinfo, isDocument: false },
  "alma-errata": { kind: "osv", name: "AlmaLinux errata", read: readAlmaErrata, isDocument: false },
  nvd: { kind: "nvd", name: "NVD 2.0", read: readNvd, isDocument: true },
  "kev-lines": { kind: "kev", name: "exploited flaws, one a line", ...lines },
  "kev-catalogue": { kind: "kev", name: "CISA KEV", read: readKevCatalogue, isDocument: false },
  "epss-csv": { kind: "epss", name: "EPSS", ...lines },
  "cvss-tsv": { kind: "cvss", name: "CVSS scores, one a line", ...lines },
  "poc-tsv": { kind: "poc", name: "proofs of concept, one a line", ...lines },
  "exploit-db": { kind: "exploits", name: "Exploit-DB", read: readExploitDb, isDocument: false },
} as const satisfies Readonly<Record<string, Format>>;

export type FeedFormat = keyof typeof feedFormats;

/** How much of the unpacked text `recognise` wants to see. */
export const headChars = 65_536;

const fixedBeginnings: readonly (readonly [RegExp, FeedFormat])[] = [
  [/^(?:#model_version:[^\n]*\n)?cve,epss,percentile\s/, "epss-csv"],
  [/^#cve\tpublished\t/, "cvss-tsv"],
  [/^#cve\tpoc_references\t/, "poc-tsv"],
  [/^id,file,description,date_published,/, "exploit-db"],
  [/^\{\s*"[^"]+"\s*:\s*\{\s*"(?:CVE-\d{4}-\d+|TEMP-[^"]+)"\s*:\s*\{/, "debian-tracker"],
];

const marks: readonly (readonly [RegExp, FeedFormat])[] = [
  [/"csaf_version"\s*:/, "csaf"],
  [/"format"\s*:\s*"NVD_CVE"/, "nvd"],
  [/"catalogVersion"\s*:|"cveID"\s*:/, "kev-catalogue"],
  [/"apkurl"\s*:|"secfixes"\s*:/, "alpine-secdb"],
  [/^\[\s*\{[^]*"updateinfo_id"\s*:/, "alma-errata"],
];

/** Which format a text is in, by how it begins; null for what is no feed. */
export function recognise(head: string): FeedFormat | null {
  const text = head.replace(/^\ufeff?\s*/, "");
  const fixed = fixedBeginnings.find(([beginning]) => beginning.test(text));
  if (fixed !== undefined) return fixed[1];
  if (text.startsWith("<")) return /<updates?[\s>]/.test(text.slice(0, 4_096)) ? "updateinfo" : null;
  if (!text.startsWith("{") && !text.startsWith("[")) return null;
  return recogniseLine(text) ?? marks.find(([mark]) => mark.test(text))?.[1] ?? recogniseDocument(text);
}

/** A first line that is a record of its own; it may be longer than what there is to see. */
function recogniseLine(text: string): FeedFormat | null {
  const end = text.indexOf("\n");
  const line = end < 0 ? text : text.slice(0, end);
  if (end < 0 && text.length >= headChars) return isOsv(line) && !isMarked(line) ? "osv-lines" : null;
  if (!line.trimEnd().endsWith("}") || isMarked(line)) return null;
  if (line.startsWith('{"cve":"CVE-') && /"(?:date_added|ransomware)":/.test(line)) return "kev-lines";
  return isOsv(line) ? "osv-lines" : null;
}

function isMarked(text: string): boolean {
  return marks.some(([mark]) => mark.test(text));
}

function recogniseDocument(text: string): FeedFormat | null {
  return text.startsWith("{") && isOsv(text) ? "osv-document" : null;
}

function isOsv(text: string): boolean {
  return /"id"\s*:\s*"/.test(text) && /"modified"\s*:\s*"/.test(text);
}
