import { severities, severityRank } from "@rampart/kernel";
import type { ResourceRef } from "../contract/resource.ts";
import type { CveFacts } from "./advisory.ts";
import { gradeMatch } from "./grade-match.ts";
import type { MatchedPackage } from "./match-inventory.ts";
import type { Match } from "./match-package.ts";
import type { FoundFinding, StoredMatch } from "./plan-findings.ts";

type Grading = Readonly<{
  resource: ResourceRef;
  facts: ReadonlyMap<string, CveFacts>;
  now: Date;
  /** The same UUID for the same text. */
  idOf(text: string): string;
  /** Remembers what was graded, for the next resource with the same package. */
  graded?: WeakMap<Match, StoredMatch>;
}>;

/** Grades what was matched on a resource and gives each finding the id that it keeps over rescans. */
export function toFindings(matched: readonly MatchedPackage[], grading: Grading): readonly FoundFinding[] {
  const taken = new Set<string>();
  const ordered = matched.toSorted((left, right) => left.version.localeCompare(right.version, "en"));
  return ordered.flatMap((one) =>
    one.matches.map((match) => {
      const stored = storedMatchOf(one, match, grading);
      const id = freeId(one, match.cve, grading, taken);
      taken.add(id);
      return toFinding(one, stored, id, grading.now);
    }),
  );
}

/** The version is left out, so that an update which leaves a flaw open stays the same finding. */
function freeId(
  { found, name, version }: MatchedPackage,
  cve: string,
  { resource, idOf }: Grading,
  taken: ReadonlySet<string>,
): string {
  const place = found.kind === "os" ? "" : (found.path ?? "");
  const key = [resource.resourceKind, resource.resourceId, cve, found.ecosystem, name, place].join("\n");
  const id = idOf(key);
  return taken.has(id) ? idOf(`${key}\n${version}`) : id;
}

/** The graded match as it is stored, taken from memory where that has it. */
export function storedMatchOf(one: MatchedPackage, match: Match, grading: Omit<Grading, "resource">): StoredMatch {
  const known = grading.graded?.get(match);
  if (known !== undefined) return known;
  const stored = toStoredMatch(one, match, grading);
  grading.graded?.set(match, stored);
  return stored;
}

function toStoredMatch(
  { name, version, found }: MatchedPackage,
  match: Match,
  { facts, now, idOf }: Omit<Grading, "resource">,
): StoredMatch {
  // Likelihoods change daily; they are read next to the finding, never stored in it.
  const grade = gradeMatch(match, facts.get(match.cve) ?? {}, now);
  const { severitySource, cvssVector, summary, link, proofs, riskTerms } = grade;
  const { aliases, evidence } = match;
  const words = { severitySource, cvssVector, summary, link, proofs, riskTerms, aliases, evidence };
  const content = {
    cve: match.cve,
    packageName: name,
    packageVersion: version,
    packageKind: found.kind,
    ecosystem: found.ecosystem,
    severity: severityRank(grade.severity),
    cvss: grade.cvss,
    status: grade.status,
    fixVersion: match.fixVersion,
    knownExploited: grade.knownExploited,
    publishedAt: grade.publishedAt,
    riskScore: grade.riskScore,
    riskFactors: grade.riskFactors,
  };
  return { id: idOf(JSON.stringify(content)), wording: idOf(JSON.stringify(words)), ...content, ...words };
}

function toFinding({ found, binaryPackages }: MatchedPackage, match: StoredMatch, id: string, now: Date): FoundFinding {
  return {
    id,
    match,
    cve: match.cve,
    severity: severities[match.severity] ?? "unknown",
    packageKind: match.packageKind,
    hasFix: match.fixVersion !== null,
    riskFactors: match.riskFactors,
    graceFrom: match.publishedAt === null ? now : new Date(match.publishedAt),
    purl: found.purl === "" ? null : found.purl,
    path: found.path ?? null,
    layer: found.layer ?? null,
    binaryPackages,
  };
}
