import { isSupportedEcosystem, type InventoryPackage } from "@rampart/inspection/contract";
import { recordsMax, type MatchExplanation, type MatchVerdict } from "../contract/explanation.ts";
import { explainRecord, type Explained } from "./explain-record.ts";
import { explainLeftOut, leftOutReason } from "./leave-out.ts";
import { standingOf, type Lookup } from "./match-package.ts";
import { comparedAs, type PackageKey } from "./package-key.ts";
import { prepareKnowledge, type PreparedKnowledge } from "./prepare-knowledge.ts";

type Compared = PackageKey & Readonly<{ version: string }>;
type Asked = Readonly<{ found: InventoryPackage; compared: Compared; id: string }>;
type Answer = Pick<MatchExplanation, "verdict" | "sentence" | "fixVersion">;

/**
 * Why a package is, or is not, affected by a flaw. The flaw may be asked for by its CVE id or by any other id it goes
 * by. Made of the very comparisons that find findings.
 */
export function explainMatch(found: InventoryPackage, id: string, lookup: Lookup): MatchExplanation {
  const compared = comparedAs(found);
  const known = lookup(compared);
  const prepared = prepareKnowledge(known);
  const name = primaryNameOf(id, prepared) ?? id.trim();
  const standing = standingOf(found, compared.version, prepared);
  const spoken = prepared.statements.filter(({ names }) => names.includes(name));
  const explained = spoken.map((statement) => explainRecord(statement, standing));
  const asked = { found, compared, id: name };
  return {
    id: name,
    package: { ecosystem: compared.ecosystem, name: compared.name, version: compared.version },
    ...(withoutComparing(asked) ?? decide(asked, explained, known.length)),
    records: explained.slice(0, recordsMax).map(({ record }) => record),
  };
}

function primaryNameOf(id: string, { statements }: PreparedKnowledge): string | undefined {
  const wanted = id.trim().toUpperCase();
  const isNamed = (name: string) => name.toUpperCase() === wanted;
  const byName = statements.flatMap(({ names }) => names).find(isNamed);
  return byName ?? statements.find(({ ids }) => ids.some(isNamed))?.names[0];
}

/** Packages that are not compared at all, whatever the advisories say. */
function withoutComparing({ found, compared }: Asked): Answer | null {
  if (!isSupportedEcosystem(found.ecosystem)) {
    return answer(
      "unsupported",
      `Nobody publishes advisories for ${found.ecosystem} that Rampart can read: not an all-clear.`,
    );
  }
  if (found.ownedByOs === true) {
    return answer(
      "owned-by-os",
      `${compared.name} was installed by the distribution, which repairs it without raising its version: the distribution's package is compared instead.`,
    );
  }
  const reason = leftOutReason(found);
  return reason === null ? null : answer("left-out", `${found.name} is left out, because ${explainLeftOut(reason)}.`);
}

function answer(verdict: MatchVerdict, sentence: string, fixVersion: string | null = null): Answer {
  return { verdict, sentence, fixVersion };
}

/** Strongest first: what one record of this kind says stands against all others. */
const precedence = ["never-affected", "affected", "unreadable-version", "fixed", "not-affected", "withdrawn"] as const;

function decide(asked: Asked, explained: readonly Explained[], knownCount: number): Answer {
  const verdict = precedence.find((one) => explained.some(({ record }) => record.verdict === one));
  if (verdict === undefined) return answer("no-record", noRecord(asked, knownCount));
  const [first, ...others] = explained.filter(({ record }) => record.verdict === verdict);
  if (first === undefined) return answer("no-record", noRecord(asked, knownCount));
  const fix = [first, ...others].reduce((newest, one) => (one.fixPlace > newest.fixPlace ? one : newest)).fixVersion;
  return answer(verdict, sentenceOf(asked, verdict, first, fix), fix);
}

function noRecord({ compared, id }: Asked, knownCount: number): string {
  const about = `${compared.name} of ${compared.ecosystem}`;
  return knownCount === 0
    ? `No loaded advisory speaks of ${about}; look whether its feed is loaded.`
    : `${knownCount} loaded advisories speak of ${about}, none of them of ${id}.`;
}

type RecordVerdict = (typeof precedence)[number];

function sentenceOf(
  { compared, id }: Asked,
  verdict: RecordVerdict,
  { record }: Explained,
  fix: string | null,
): string {
  const named = `${compared.name} ${compared.version}`;
  switch (verdict) {
    case "affected":
      return `${named} is affected by ${id}: ${record.comparison} (${record.recordId}). ${fix === null ? "No fix is known." : `Update to ${fix} or newer.`}`;
    case "fixed":
      return `${named} is not affected by ${id}: ${record.comparison} (${record.recordId}).`;
    case "not-affected":
      return `${named} is not affected by ${id}: ${record.comparison} (${record.recordId}).`;
    case "never-affected":
      return `${named} is not affected by ${id}: ${compared.ecosystem} states that no version of it ever was (${record.recordId}).`;
    case "withdrawn":
      return `${named} is no finding: ${record.recordId}, which spoke of ${id}, was withdrawn.`;
    case "unreadable-version":
      return `${named} cannot be judged: "${compared.version}" is no version by the rules of ${compared.ecosystem}.`;
  }
}
