import { z } from "zod";
import { checkEntry } from "./check-entry.ts";
import type { Conversion, FeedEntry } from "./feed-entry.ts";
import { each, jsonPieces, placeOf } from "./json-pieces.ts";
import { affectedUpTo, type OsvAffected, type OsvForm } from "./osv-record.ts";

/** Releases by their code names. Others, and `sid`, have no number under which an inventory would ask for them. */
const releases: ReadonlyMap<string, string> = new Map([
  ["jessie", "8"],
  ["stretch", "9"],
  ["buster", "10"],
  ["bullseye", "11"],
  ["bookworm", "12"],
  ["trixie", "13"],
  ["forky", "14"],
]);

const Release = z.object({
  status: z.string().max(64),
  fixed_version: z.string().max(512).optional(),
  urgency: z.string().max(64).optional(),
  nodsa: z.string().max(10_000).optional(),
  nodsa_reason: z.string().max(64).optional(),
});
type Release = z.infer<typeof Release>;

const Flaw = z.object({
  description: z.string().max(100_000).optional(),
  /** An entry that concerns no release has an empty list there. */
  releases: z.record(z.string().max(64), Release).or(z.tuple([]).transform((): Record<string, Release> => ({}))),
});

/** The JSON of security-tracker.debian.org: one object of source packages, each an object of flaws. */
export async function* readDebianTracker({ chunks, asOf }: Conversion): AsyncGenerator<FeedEntry> {
  for await (const { path, value } of jsonPieces(chunks, [each, each])) {
    const [sourcePackage = "", flaw = ""] = path;
    const place = placeOf(path);
    const { description, releases: said } = checkEntry(Flaw, value, place);
    const affected = Object.entries(said).flatMap(([name, release]) => toAffected(sourcePackage, name, release));
    if (affected.length === 0) continue;
    const record: OsvForm = {
      // Entries without a CVE id have temporary names, such as TEMP-0000000-1A2B3C.
      id: `DEBIAN-${flaw}`,
      modified: asOf,
      upstream: [flaw],
      ...(description !== undefined && { summary: description.slice(0, 300) }),
      affected,
      references: [
        { type: "ADVISORY", url: `https://security-tracker.debian.org/tracker/${encodeURIComponent(flaw)}` },
      ],
    };
    yield { place, record };
  }
}

/** `undetermined` says that nobody has looked yet: no statement either way. */
function toAffected(name: string, codename: string, release: Release): readonly OsvAffected[] {
  const number = releases.get(codename);
  if (number === undefined || release.status === "undetermined") return [];
  const ecosystem = `Debian:${number}`;
  const severity = release.urgency?.replace(/\*+$/, "");
  const status = statusOf(release);
  const fixed = release.status === "resolved" ? (release.fixed_version ?? null) : null;
  return [
    affectedUpTo({
      ecosystem,
      name,
      fixed,
      ...(severity !== undefined && severity !== "end-of-life" && { severity }),
      ...(status !== undefined && { status }),
    }),
  ];
}

/** Why there is no fix, in Debian's own words. */
function statusOf({ status, urgency, nodsa, nodsa_reason: reason }: Release): string | undefined {
  if (urgency === "end-of-life" || urgency === "unimportant") return urgency;
  if (status !== "open") return undefined;
  if (reason !== undefined && reason !== "") return reason;
  return nodsa === undefined ? "open" : "no-dsa";
}
