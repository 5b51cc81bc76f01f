import { explainMatch, loadAdvisoryIndex, type MatchExplanation } from "@rampart/vulnerabilities/offline";
import type { ToExplain } from "./packages-to-explain.ts";

export type Explained = Readonly<{
  explanations: readonly MatchExplanation[];
  /** Why packages may be missing from the answer. */
  warnings: readonly string[];
  knowledge: string;
}>;

/** What the advisories of a folder say about one flaw in these packages, affected ones first. */
export async function explainPackages(
  { packages, warnings }: ToExplain,
  id: string,
  folder: string | undefined,
): Promise<Explained> {
  const index = await loadAdvisoryIndex(folder ?? null, packages);
  const all = packages.map((found) => explainMatch(found, id, index.lookUp));
  const spoken = packages.length === 1 ? all : all.filter(({ records }) => records.length > 0);
  const distinct = new Map(spoken.map((told) => [keyOf(told), told]));
  return {
    explanations: [...distinct.values()].toSorted((left, right) => weightOf(right) - weightOf(left)),
    warnings: warnings.map(({ message }) => message),
    knowledge: index.isStarter
      ? "the built-in set of well-known CVEs only; --intel names a folder of advisories"
      : `${index.sources.length} feed files`,
  };
}

/** Binary packages of one source are one package to its advisories. */
function keyOf({ package: named, verdict }: MatchExplanation): string {
  return [named.ecosystem, named.name, named.version, verdict].join("\u0000");
}

const weightOf = ({ verdict }: MatchExplanation): number => (verdict === "affected" ? 1 : 0);
