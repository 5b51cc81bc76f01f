import { listResourcePackages } from "@rampart/inventory";
import type { InventoryPackage } from "@rampart/inspection/contract";
import { explanationsMax, type CveExplanation, type ExplainCve } from "../contract.ts";
import type { Knowledge } from "../core/advisory.ts";
import { explainMatch } from "../core/explain-match.ts";
import { leftOutReason } from "../core/leave-out.ts";
import type { Lookup } from "../core/match-package.ts";
import { comparedAs, keyText } from "../core/package-key.ts";
import type { ExplainingCtx } from "../ports.ts";

/** Why a resource has, or has not, a finding of a flaw: package by package that any record of the flaw names. */
export async function explainCve(ctx: ExplainingCtx, asked: ExplainCve): Promise<CveExplanation> {
  ctx.require("vulnerabilities.read");
  const { packages } = await listResourcePackages(ctx.inventory, asked);
  const known = await ctx.read(({ knowledge }) => knowledge.lookUp(packages.map(comparedAs)));
  const lookup: Lookup = (key) => known.get(keyText(key)) ?? [];
  const named = packages.filter((found) => lookup(comparedAs(found)).some((one) => isAbout(one, asked.id)));
  const explanations = onceEach(named)
    .slice(0, explanationsMax)
    .map((found) => explainMatch(found, asked.id, lookup));
  const id = explanations[0]?.id ?? asked.id.trim();
  return { id, sentence: sentenceOf(id, packages.length, explanations.length), explanations };
}

function isAbout({ advisory }: Knowledge, id: string): boolean {
  const wanted = id.trim().toUpperCase();
  return [advisory.id, ...advisory.aliases, ...advisory.cves].some((name) => name.toUpperCase() === wanted);
}

/** Binary packages of one source and version have one answer: that of a member which is not left out, if there is one. */
function onceEach(packages: readonly InventoryPackage[]): readonly InventoryPackage[] {
  const groups = Map.groupBy(packages, (found) => {
    const { version, ...key } = comparedAs(found);
    return [keyText(key), version, found.ownedByOs === true ? "os" : ""].join("\u0000");
  });
  return [...groups.values()].flatMap(
    (members) => members.find((member) => leftOutReason(member) === null) ?? members[0] ?? [],
  );
}

function sentenceOf(id: string, packageCount: number, namedCount: number): string {
  return namedCount === 0
    ? `None of the ${packageCount} packages is named by a loaded record of ${id}.`
    : `${namedCount} of the ${packageCount} packages are named by records of ${id}.`;
}
