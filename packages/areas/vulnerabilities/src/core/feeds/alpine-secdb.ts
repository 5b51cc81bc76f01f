import { z } from "zod";
import { compareVersions } from "../versions/version-scheme-of.ts";
import { checkEntry } from "./check-entry.ts";
import { BadEntry, type Conversion, type FeedEntry } from "./feed-entry.ts";
import { each, jsonPieces, placeOf } from "./json-pieces.ts";
import { affectedUpTo, newestOf, type OsvForm } from "./osv-record.ts";

const Package = z.object({
  pkg: z.object({
    name: z.string().min(1).max(256),
    secfixes: z.record(z.string().max(128), z.array(z.string().max(2_000)).max(5_000).nullable()).nullable(),
  }),
});

/** Names of flaws at the beginning of an entry: `CVE-2020-1 GHSA-x (+)` repairs two. */
const flawId = /^(?:CVE-\d{4}-\d{4,}|GHSA(?:-[0-9a-z]{4}){3}|XSA-\d+|TEMP-\S+)$/;

/**
 * The secdb form of Alpine, Wolfi and Chainguard: which version of a package repaired which flaws. Version "0" says that
 * the package was never affected.
 */
export async function* readAlpineSecdb({ chunks, asOf }: Conversion): AsyncGenerator<FeedEntry> {
  const head = new Map<string, unknown>();
  for await (const { path, value } of jsonPieces(chunks, ["packages", each])) {
    const [key = ""] = path;
    if (path.length === 1) head.set(key, value);
    else yield* recordsOf(checkEntry(Package, value, placeOf(path)), ecosystemOf(head, placeOf(path)), asOf);
  }
}

function* recordsOf({ pkg }: z.infer<typeof Package>, family: Family, asOf: string): Generator<FeedEntry> {
  const { prefix, ecosystem } = family;
  const fixes = new Map<string, string[]>();
  for (const [version, named] of Object.entries(pkg.secfixes ?? {})) {
    for (const flaw of (named ?? []).flatMap((text) => text.split(/\s+/)).filter((id) => flawId.test(id))) {
      fixes.set(flaw, [...(fixes.get(flaw) ?? []), version]);
    }
  }
  for (const [flaw, versions] of fixes) {
    // A later version under the same flaw means that the earlier repair was not enough.
    const fixed = newestOf(versions, (left, right) => compareVersions(ecosystem, left, right));
    const record: OsvForm = {
      id: `${prefix}-${flaw}`,
      modified: asOf,
      upstream: [flaw],
      affected: [affectedUpTo({ ecosystem, name: pkg.name, fixed })],
    };
    yield { place: `package ${pkg.name}`, record };
  }
}

type Family = Readonly<{ prefix: string; ecosystem: string }>;

/** All publishers write the head before the packages; a file that does not could be of any distribution. */
function ecosystemOf(head: ReadonlyMap<string, unknown>, place: string): Family {
  const address = head.get("urlprefix");
  const release = head.get("distroversion");
  if (typeof release === "string" && /^(?:v\d+\.\d+|edge)$/.test(release)) {
    return { prefix: "ALPINE", ecosystem: `Alpine:${release}` };
  }
  if (typeof address === "string" && address.includes("packages.wolfi.dev"))
    return { prefix: "WOLFI", ecosystem: "Wolfi" };
  if (typeof address === "string" && address.includes("cgr.dev"))
    return { prefix: "CHAINGUARD", ecosystem: "Chainguard" };
  throw new BadEntry(place, "does not say before its packages which distribution it is about");
}
