import { compareVersions } from "../versions/version-scheme-of.ts";
import { checkEntry, toInstant } from "./check-entry.ts";
import { CsafDocument, type CsafFlaw } from "./csaf-document.ts";
import { csafProducts, type CsafPackage } from "./csaf-products.ts";
import { BadEntry, type Conversion, type FeedEntry } from "./feed-entry.ts";
import { newestOf, type OsvAffected, type OsvForm } from "./osv-record.ts";
import { wholeText } from "./whole-text.ts";

/** One CSAF document of Red Hat or SUSE: a VEX text about a flaw, or an advisory about an update. */
export async function* readCsaf({ chunks }: Conversion): AsyncGenerator<FeedEntry> {
  const csaf = checkEntry(CsafDocument, await parsed(chunks), null);
  const { id } = csaf.document.tracking;
  const productOf = csafProducts(csaf);
  for (const [index, flaw] of csaf.vulnerabilities.entries()) {
    const affected = affectedOf(flaw, productOf);
    // An advisory about several flaws says of each which products it repairs.
    const recordId = csaf.vulnerabilities.length === 1 ? id : `${id}/${flaw.cve ?? index + 1}`;
    if (affected.length > 0) yield { place: `document ${id}`, record: toRecord(csaf, flaw, recordId, affected) };
  }
}

async function parsed(chunks: Conversion["chunks"]): Promise<unknown> {
  const text = await wholeText(chunks);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new BadEntry(null, error instanceof Error ? error.message : "is no JSON");
  }
}

function toRecord({ document }: CsafDocument, flaw: CsafFlaw, id: string, affected: readonly OsvAffected[]): OsvForm {
  const modified = toInstant(document.tracking.current_release_date);
  if (modified === undefined) throw new BadEntry(`document ${id}`, "has no date of release");
  const published = toInstant(flaw.release_date ?? document.tracking.initial_release_date);
  const link = document.references.find(({ category }) => category === "self")?.url;
  return {
    id,
    modified,
    ...(published !== undefined && { published }),
    upstream: flaw.cve === undefined ? [] : [flaw.cve],
    summary: (flaw.title ?? document.title ?? "").slice(0, 300),
    affected,
    ...gradeOf(document, flaw),
    ...(link !== undefined && { references: [{ type: "ADVISORY", url: link }] }),
  };
}

/** The vendor's word about this flaw, else about the whole advisory, and its vector. */
function gradeOf(
  { aggregate_severity: whole }: CsafDocument["document"],
  { threats, scores }: CsafFlaw,
): Pick<OsvForm, "severity" | "database_specific"> {
  const word = threats.find(({ category }) => category === "impact")?.details ?? whole?.text;
  const vector = scores.map(({ cvss_v3: score }) => score?.vectorString).find((text) => text !== undefined);
  return {
    ...(vector !== undefined && { severity: [{ type: "CVSS_V3", score: vector }] }),
    ...(word !== undefined && { database_specific: { severity: word.slice(0, 64) } }),
  };
}

type Said = { fixed: CsafPackage[]; open: string | null; isUnaffected: boolean };

/** One statement per package: a fix beats "affected", which beats "not affected". */
function affectedOf(flaw: CsafFlaw, productOf: (id: string) => CsafPackage | null): readonly OsvAffected[] {
  const status = flaw.product_status;
  if (status === undefined) return [];
  const packages = new Map<string, Said>();
  const said = (ids: readonly string[], note: (entry: Said, found: CsafPackage, id: string) => void) => {
    for (const id of ids) {
      const found = productOf(id);
      if (found === null) continue;
      const key = `${found.ecosystem}\u0000${found.name}`;
      const entry = packages.get(key) ?? { fixed: [], open: null, isUnaffected: false };
      packages.set(key, entry);
      note(entry, found, id);
    }
  };
  const reasons = reasonsOf(flaw);
  said([...status.fixed, ...status.first_fixed, ...status.recommended], (entry, found) => entry.fixed.push(found));
  said(status.known_affected, (entry, _, id) => (entry.open = reasons.get(id) ?? "affected"));
  said(status.under_investigation, (entry) => (entry.open ??= "under investigation"));
  said(status.known_not_affected, (entry) => (entry.isUnaffected = true));
  return Array.from(packages, ([key, entry]) => toAffected(key, entry));
}

/** Why there is no fix, in the vendor's words: "Will not fix", "Fix deferred", "Out of support scope". */
function reasonsOf({ remediations }: CsafFlaw): ReadonlyMap<string, string> {
  const reasons = new Map<string, string>();
  for (const { category, details, product_ids: ids } of remediations) {
    if (category !== "none_available" && category !== "no_fix_planned") continue;
    for (const id of ids) reasons.set(id, (details ?? category.replaceAll("_", " ")).slice(0, 64));
  }
  return reasons;
}

function toAffected(key: string, { fixed, open, isUnaffected }: Said): OsvAffected {
  const [ecosystem = "", name = ""] = key.split("\u0000");
  const compare = (left: string, right: string) => compareVersions(ecosystem, left, right);
  const byStart = Map.groupBy(
    fixed.filter(({ version }) => version !== null),
    ({ introduced }) => introduced,
  );
  const ranges = Array.from(byStart, ([introduced, packages]) => {
    const versions = packages.flatMap(({ version }) => version ?? []);
    return { type: "ECOSYSTEM" as const, events: [{ introduced }, { fixed: newestOf(versions, compare) ?? "0" }] };
  });
  const named = { package: { ecosystem, name } };
  if (ranges.length > 0) return { ...named, ranges };
  if (open === null && isUnaffected) {
    return { ...named, ranges: [{ type: "ECOSYSTEM", events: [{ introduced: "0" }, { fixed: "0" }] }] };
  }
  const notes = { database_specific: { status: open ?? "affected" } };
  return { ...named, ranges: [{ type: "ECOSYSTEM", events: [{ introduced: "0" }] }], ...notes };
}
