import type { Affected } from "./advisory.ts";
import type { OsvForm, OsvEvent } from "./feeds/osv-record.ts";
import type { ReadRecord } from "./read-record.ts";

type WrittenForm = Omit<OsvForm, "affected" | "database_specific"> &
  Readonly<{
    affected: readonly object[];
    database_specific?: Readonly<{ severity?: string; cvss_scores?: Readonly<{ cvss_v3: number }> }>;
  }>;

/** A stored record in OSV form again: reading what is written here gives the same record. */
export function writeRecord({ advisory, affected }: ReadRecord): WrittenForm {
  const { id, modifiedAt, publishedAt, withdrawnAt, summary, aliases, cves, link } = advisory;
  return {
    id,
    modified: modifiedAt,
    ...(publishedAt !== undefined && { published: publishedAt }),
    ...(withdrawnAt !== undefined && { withdrawn: withdrawnAt }),
    aliases: [...cves.filter((cve) => cve !== id), ...aliases],
    summary,
    ...gradesOf(advisory),
    affected: affected.map(writeAffected),
    ...(link !== undefined && { references: [{ type: "ADVISORY", url: link }] }),
  };
}

function gradesOf({ severity, cvssVector, cvssScore }: ReadRecord["advisory"]) {
  const notes = {
    ...(severity !== undefined && { severity }),
    ...(cvssScore !== undefined && { cvss_scores: { cvss_v3: cvssScore } }),
  };
  return {
    ...(cvssVector !== undefined && { severity: [{ type: typeOf(cvssVector), score: cvssVector }] }),
    ...(Object.keys(notes).length > 0 && { database_specific: notes }),
  };
}

function typeOf(vector: string): string {
  if (vector.startsWith("CVSS:3")) return "CVSS_V3";
  return vector.startsWith("CVSS:4") ? "CVSS_V4" : "CVSS_V2";
}

function writeAffected({ ecosystem, packageName, ranges, versions, status, severity }: Affected): object {
  const notes = { ...(severity !== undefined && { severity }), ...(status !== undefined && { status }) };
  return {
    package: { ecosystem, name: packageName },
    ranges: ranges.map(({ type, events }) => ({ type, events: events.map(writeEvent) })),
    versions,
    ...(Object.keys(notes).length > 0 && { database_specific: notes }),
  };
}

function writeEvent({ introduced, fixed, lastAffected }: Affected["ranges"][number]["events"][number]): OsvEvent {
  if (introduced !== undefined) return { introduced };
  return fixed === undefined ? { last_affected: lastAffected ?? "0" } : { fixed };
}
