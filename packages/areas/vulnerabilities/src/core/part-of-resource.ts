import type { InventoryPackage } from "@rampart/inspection/contract";
import type { PolicyEffect } from "../contract/findings.ts";
import { stronger } from "./decide-finding.ts";
import { comparedAs } from "./package-key.ts";
import type { FindingPlan, KnownFinding } from "./plan-findings.ts";

/** What is stored of a finding, enough to count it without comparing its package again. */
export type StoredFinding = KnownFinding &
  Readonly<{ packageName: string; ecosystem: string; severity: number; fixable: boolean; exploited: boolean }>;

/** The findings of a resource that a comparison leaves as they are. */
export type Untouched = Readonly<{
  /** By rank of severity. */
  counts: readonly number[];
  fixable: number;
  exploited: number;
  effect: PolicyEffect;
  cves: ReadonlySet<string>;
}>;

export const nothingUntouched: Untouched = {
  counts: [0, 0, 0, 0, 0],
  fixable: 0,
  exploited: 0,
  effect: "ignore",
  cves: new Set(),
};

/** How findings name a package: `matchInventory` writes the same. */
export function shownAs(found: InventoryPackage): string {
  return shownText(found.ecosystem, found.kind === "os" ? comparedAs(found).name : found.name);
}

export function shownText(ecosystem: string, name: string): string {
  return `${ecosystem}\u0000${name}`;
}

/** Parts the stored findings into those of the compared packages and all others. */
export function partOfResource(
  stored: readonly StoredFinding[],
  rest: Untouched,
  packages: ReadonlySet<string> | null,
): Readonly<{ known: readonly StoredFinding[]; untouched: Untouched }> {
  if (packages === null) return { known: stored, untouched: rest };
  const isCompared = ({ ecosystem, packageName }: StoredFinding) => packages.has(shownText(ecosystem, packageName));
  const others = stored.filter((finding) => !isCompared(finding));
  return { known: stored.filter(isCompared), untouched: others.reduce(withFinding, rest) };
}

function withFinding(rest: Untouched, finding: StoredFinding): Untouched {
  return {
    counts: rest.counts.map((count, rank) => (rank === finding.severity ? count + 1 : count)),
    fixable: rest.fixable + Number(finding.fixable),
    exploited: rest.exploited + Number(finding.exploited),
    effect: stronger(rest.effect, finding.effect),
    cves: new Set([...rest.cves, finding.cve]),
  };
}

/** A CVE that another package of the resource has too neither comes nor goes with this one; its grade may change. */
export function withoutSharedCves(plan: FindingPlan, { cves }: Untouched): FindingPlan {
  if (cves.size === 0) return plan;
  const isAlone = (cve: string) => !cves.has(cve);
  return {
    ...plan,
    cvesAdded: plan.cvesAdded.filter(isAlone),
    cvesRemoved: plan.cvesRemoved.filter(isAlone),
    cvesChanged: [...plan.cvesChanged, ...plan.cvesAdded.filter((cve) => cves.has(cve))],
  };
}
