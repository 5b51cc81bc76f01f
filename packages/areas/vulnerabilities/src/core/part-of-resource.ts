import type { SeverityCounts } from "@rampart/kernel";
import { severities } from "@rampart/kernel";
import type { InventoryPackage } from "@rampart/inspection/contract";
import type { PolicyEffect } from "../contract/findings.ts";
import { stronger } from "./decide-finding.ts";
import { comparedAs } from "./package-key.ts";
import type { FindingPlan, KnownFinding } from "./plan-findings.ts";

/** What is stored of a finding, enough to count it without comparing its package again. */
export type StoredFinding = KnownFinding &
  Readonly<{ packageName: string; ecosystem: string; severity: number; fixable: boolean; exploited: boolean }>;

/** What a resource's findings come to. */
export type Totals = Readonly<{ counts: SeverityCounts; fixable: number; knownExploited: number }>;

/** Only some flaws of some packages of a resource were looked at; all other findings stay as they are. */
export type Part = Readonly<{
  /** The compared packages, as findings name them. */
  packages: ReadonlySet<string>;
  /** Null for every flaw of these packages. */
  flaws: ReadonlySet<string> | null;
  /** Of the whole resource, as stored. */
  before: Totals & Readonly<{ effect: PolicyEffect }>;
}>;

export const noTotals: Totals = {
  counts: { critical: 0, high: 0, medium: 0, low: 0, unknown: 0 },
  fixable: 0,
  knownExploited: 0,
};

/** How findings name a package: `matchInventory` writes the same. */
export function shownAs(found: InventoryPackage): string {
  return shownText(found.ecosystem, found.kind === "os" ? comparedAs(found).name : found.name);
}

export function shownText(ecosystem: string, name: string): string {
  return `${ecosystem}\u0000${name}`;
}

/** Whether a comparison looked at a finding, or would have if it had been there. */
export function isPartOf(
  { packages, flaws }: Part,
  { ecosystem, packageName, cve }: Readonly<{ ecosystem: string; packageName: string; cve: string }>,
): boolean {
  return (flaws === null || flaws.has(cve)) && packages.has(shownText(ecosystem, packageName));
}

/** The stored totals less the findings that were looked at. */
export function totalsOfOthers({ before }: Part, known: readonly StoredFinding[]): Totals {
  const counts = { ...before.counts };
  for (const { severity } of known) counts[severities[severity] ?? "unknown"] -= 1;
  return {
    counts,
    fixable: before.fixable - known.filter(({ fixable }) => fixable).length,
    knownExploited: before.knownExploited - known.filter(({ exploited }) => exploited).length,
  };
}

/**
 * The strongest effect on the resource when the findings that were looked at have this one now; null when the others must
 * be asked for: the strongest one is gone, and what is left may be anything below it.
 */
export function effectOfAll(
  { before }: Part,
  known: readonly StoredFinding[],
  decided: PolicyEffect,
): PolicyEffect | null {
  if (stronger(decided, before.effect) === decided) return decided;
  return known.some(({ effect }) => effect === before.effect) ? null : before.effect;
}

/** A CVE that another finding of the resource has too neither comes nor goes with this one; its grade may change. */
export function withoutSharedCves(plan: FindingPlan, shared: ReadonlySet<string>): FindingPlan {
  if (shared.size === 0) return plan;
  const isAlone = (cve: string) => !shared.has(cve);
  return {
    ...plan,
    cvesAdded: plan.cvesAdded.filter(isAlone),
    cvesRemoved: plan.cvesRemoved.filter(isAlone),
    cvesChanged: [...plan.cvesChanged, ...plan.cvesAdded.filter((cve) => shared.has(cve))],
  };
}
