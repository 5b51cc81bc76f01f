import { messageOf, type Severity } from "@rampart/kernel";
import { z } from "zod";
import type { Advisory, Affected, AffectedRange, RangeEvent } from "./advisory.ts";
import { isNeverAffected } from "./in-range.ts";
import { packageKeyOf } from "./package-key.ts";
import { severityOfWord } from "./severity.ts";
import { saysNotAffected } from "./vendor-status.ts";

/** Bounds of one record, well above the largest ones published (a kernel notice with hundreds of packages). */
export const recordLimits = {
  affected: 20_000,
  ranges: 2_000,
  events: 10_000,
  versions: 100_000,
  aliases: 5_000,
} as const;

const Id = z.string().min(1).max(256);
const Version = z.string().min(1).max(512);
const Ids = z.array(Id).max(recordLimits.aliases).default([]);
const Instant = z
  .string()
  .max(40)
  .refine((text) => !Number.isNaN(Date.parse(text)), "is no date");

const Event = z
  .object({
    introduced: Version.optional(),
    fixed: Version.optional(),
    last_affected: Version.optional(),
    limit: Version.optional(),
  })
  .refine(
    (event) => Object.values(event).filter((value) => value !== undefined).length === 1,
    "has not exactly one event",
  );

const Range = z.object({
  type: z.enum(["SEMVER", "ECOSYSTEM", "GIT"]),
  events: z.array(Event).min(1).max(recordLimits.events),
});

const Grade = z.object({ type: z.string().max(64), score: z.string().max(512) });

const Notes = z
  .object({
    severity: z.unknown(),
    status: z.unknown(),
    cvss_scores: z.unknown(),
    last_known_affected_version_range: z.unknown(),
  })
  .partial();

const CvssScores = z.object({ cvss_v3: z.number().optional(), cvss_v2: z.number().optional() });

const AffectedRecord = z.object({
  package: z.object({ ecosystem: z.string().min(1).max(128), name: z.string().min(1).max(512) }).optional(),
  ranges: z.array(Range).max(recordLimits.ranges).default([]),
  versions: z.array(Version).max(recordLimits.versions).default([]),
  severity: z.array(Grade).max(16).default([]),
  database_specific: Notes.optional().catch(undefined),
  ecosystem_specific: Notes.optional().catch(undefined),
});

/** The OSV schema (ossf.github.io/osv-schema), as far as matching needs it. */
export const OsvRecord = z.object({
  id: Id,
  modified: Instant,
  published: Instant.optional(),
  withdrawn: Instant.optional(),
  aliases: Ids,
  upstream: Ids,
  related: Ids,
  summary: z.string().max(10_000).optional(),
  details: z.string().max(1_000_000).optional(),
  severity: z.array(Grade).max(16).default([]),
  affected: z.array(AffectedRecord).max(recordLimits.affected).default([]),
  database_specific: Notes.optional().catch(undefined),
  references: z
    .array(z.object({ type: z.string().max(64).optional(), url: z.string().max(4_096) }))
    .max(2_000)
    .default([]),
});
type OsvRecord = z.infer<typeof OsvRecord>;

export type ReadRecord = Readonly<{ advisory: Advisory; affected: readonly Affected[] }>;

/** One OSV record as matching uses it; null for notices that are about no flaw. Throws a sentence for a bad record. */
export function readRecord(json: unknown, source: string): ReadRecord | null {
  const parsed = OsvRecord.safeParse(json);
  if (!parsed.success) throw new Error(messageOf(parsed.error).slice(0, 500));
  const record = parsed.data;
  const cves = cvesOf(record);
  if (/^AL[BE]A-/.test(record.id) && cves.length === 0) return null; // bug fixes and enhancements
  const advisory = advisoryOf(record, cves, source);
  return { advisory, affected: record.affected.flatMap((entry) => affectedOf(record, entry, source)) };
}

const isCve = (id: string): boolean => /^CVE-\d{4}-\d{4,}$/.test(id);

/** CVEs that a record is about. `related` counts only where nothing stronger is said: some distributions use it so. */
function cvesOf(record: OsvRecord): readonly string[] {
  const named = [record.id, ...record.aliases, ...record.upstream].filter(isCve);
  const cves = named.length > 0 || !isNotice(record.id) ? named : record.related.filter(isCve);
  return [...new Set(cves)];
}

function isNotice(id: string): boolean {
  return /^(AL[SBE]A|RLSA|RHSA|ELSA|USN|SUSE|openSUSE|ALAS|FEDORA)/.test(id);
}

function advisoryOf(record: OsvRecord, cves: readonly string[], source: string): Advisory {
  const vector = vectorOf(record.severity);
  const score = scoreOf(record);
  const severity =
    wordOf(record.database_specific?.severity) ?? wordInSummary(record.summary) ?? wordInGrades(record.severity);
  const link = linkOf(record);
  return {
    id: record.id,
    source,
    ...datesOf(record),
    summary: (record.summary ?? record.details?.split("\n")[0] ?? "").slice(0, 300),
    aliases: aliasesOf(record),
    cves,
    ...(severity !== null && { severity }),
    ...(vector !== undefined && { cvssVector: vector }),
    ...(score !== undefined && { cvssScore: score }),
    ...(link !== undefined && { link }),
  };
}

function datesOf(record: OsvRecord): Pick<Advisory, "modifiedAt" | "publishedAt" | "withdrawnAt"> {
  const { modified, published } = record;
  const withdrawn = record.withdrawn ?? (isRejected(record) ? modified : undefined);
  return {
    modifiedAt: new Date(modified).toISOString(),
    ...(published !== undefined && { publishedAt: new Date(published).toISOString() }),
    ...(withdrawn !== undefined && { withdrawnAt: new Date(withdrawn).toISOString() }),
  };
}

/** How the list of CVEs marks an id that turned out to be no flaw, or the flaw of another id. */
function isRejected({ summary, details }: OsvRecord): boolean {
  return /^(\*\* ?reject(ed)?\b|rejected reason:)/i.test((summary ?? details ?? "").trimStart());
}

function aliasesOf({ id, aliases, upstream }: OsvRecord): readonly string[] {
  const others = [...aliases, ...upstream].filter((alias) => !isCve(alias) && alias !== id);
  return [...new Set(others)];
}

function linkOf({ references }: OsvRecord): string | undefined {
  const reference = references.find(({ type }) => type === "ADVISORY") ?? references[0];
  return reference?.url.slice(0, 2_048);
}

/** Version 3 first, which nearly all sources give, so that scores of different sources can be compared. */
function vectorOf(grades: OsvRecord["severity"]): string | undefined {
  for (const type of ["CVSS_V3", "CVSS_V4", "CVSS_V2"]) {
    const grade = grades.find((one) => one.type === type);
    if (grade !== undefined) return grade.score;
  }
  return undefined;
}

function scoreOf(record: OsvRecord): number | undefined {
  const scores = CvssScores.safeParse(record.database_specific?.cvss_scores);
  const score = scores.success ? (scores.data.cvss_v3 ?? scores.data.cvss_v2) : undefined;
  return score !== undefined && score >= 0 && score <= 10 ? score : undefined;
}

function wordOf(word: unknown): Severity | null {
  return typeof word === "string" ? severityOfWord(word) : null;
}

/** AlmaLinux and Rocky put the grade before the text: "Important: kernel security update". */
function wordInSummary(summary: string | undefined): Severity | null {
  const word = /^(Critical|Important|Moderate|Low): /.exec(summary ?? "")?.[1];
  return word === undefined ? null : severityOfWord(word);
}

function wordInGrades(grades: OsvRecord["severity"]): Severity | null {
  const grade = grades.find(({ type }) => type === "Ubuntu");
  return grade === undefined ? null : severityOfWord(grade.score);
}

function affectedOf(record: OsvRecord, entry: OsvRecord["affected"][number], source: string): readonly Affected[] {
  const ranges = entry.ranges.flatMap(toRange).map((range) => endedBy(range, lastKnownOf(entry)));
  const status = statusOf(entry, record);
  const saysNothing = ranges.length === 0 && entry.versions.length === 0;
  if (entry.package === undefined || (saysNothing && !saysNotAffected(status ?? ""))) return [];
  const { ecosystem, name } = packageKeyOf(entry.package.ecosystem, entry.package.name);
  const severity = severityOfEntry(entry);
  return [
    {
      advisoryId: record.id,
      source,
      ecosystem,
      packageName: name,
      ranges,
      versions: ranges.length > 0 ? [] : entry.versions,
      isNeverAffected: isNeverAffected({ ranges, versions: [], status }),
      ...(status !== null && { status }),
      ...(severity !== null && { severity }),
    },
  ];
}

/** GitHub ends a range without a fix beside it: "<= 2.4.1" is the newest version known to be affected. */
function lastKnownOf(entry: OsvRecord["affected"][number]): RangeEvent | null {
  const text = entry.database_specific?.last_known_affected_version_range;
  const found = typeof text === "string" ? /^(<=?) ?([^\s,]{1,512})$/.exec(text) : null;
  if (found?.[2] === undefined) return null;
  return found[1] === "<=" ? { lastAffected: found[2] } : { fixed: found[2] };
}

function endedBy(range: AffectedRange, end: RangeEvent | null): AffectedRange {
  const isOpen = range.events.every(({ introduced }) => introduced !== undefined);
  return end === null || !isOpen ? range : { ...range, events: [...range.events, end] };
}

function statusOf(entry: OsvRecord["affected"][number], record: OsvRecord): string | null {
  const status = entry.database_specific?.status ?? record.database_specific?.status;
  return typeof status === "string" ? status.slice(0, 64) : null;
}

/** A distribution may grade a flaw differently for each of its packages. */
function severityOfEntry(entry: OsvRecord["affected"][number]): Severity | null {
  const words = [entry.ecosystem_specific?.severity, entry.database_specific?.severity];
  return words.map(wordOf).find((word) => word !== null) ?? wordInGrades(entry.severity);
}

/** GIT ranges speak of commits, which no package carries. `limit` only bounds such ranges. */
function toRange(range: z.infer<typeof Range>): readonly AffectedRange[] {
  if (range.type === "GIT") return [];
  const events = range.events.flatMap(({ introduced, fixed, last_affected }): readonly RangeEvent[] => {
    if (introduced !== undefined) return [{ introduced }];
    if (fixed !== undefined) return [{ fixed }];
    return last_affected === undefined ? [] : [{ lastAffected: last_affected }];
  });
  return [{ type: range.type, events }];
}
