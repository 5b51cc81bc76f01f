import type { ResourceRef } from "../contract.ts";
import { matchCustom } from "../core/match-custom.ts";
import { matchInventory, type MatchedPackage } from "../core/match-inventory.ts";
import type { MatchMemo, PackageGroup } from "../core/match-memo.ts";
import { keyText } from "../core/package-key.ts";
import type { FoundFinding } from "../core/plan-findings.ts";
import { storedMatchOf, toFindings } from "../core/to-findings.ts";
import type { KnowledgeStore, MatchingCtx } from "../ports.ts";
import type { InventoryPackage } from "@rampart/inspection/contract";

export type Holder = ResourceRef & Readonly<{ packages: readonly InventoryPackage[] }>;

export type Compared<Held extends Holder> = Readonly<{
  /** The advisories that spoke. */
  revision: number;
  resources: readonly Readonly<{ held: Held; found: readonly FoundFinding[] }>[];
}>;

/**
 * What the advisories say about packages of any number of resources, be it about some flaws alone. Equal packages are
 * looked at once.
 */
export async function comparePackages<Held extends Holder>(
  ctx: MatchingCtx,
  holders: readonly Held[],
  flaws: ReadonlySet<string> | null = null,
): Promise<Compared<Held>> {
  ctx.require("vulnerabilities.read");
  const now = ctx.clock.now();
  return ctx.read(async ({ knowledge, ownLists }) => {
    const { entries: custom } = await ownLists.getCustom();
    const revision = await knowledge.revision();
    const memo = ctx.memory(revision, now);
    const grouped = holders.map((held) => ({ held, groups: memo.groupsOf(held.packages) }));
    const all = new Map(grouped.flatMap(({ groups }) => groups.map((group) => [group.id, group])));
    const matched = await matchGroups(ctx, knowledge, memo, [...all.values()]);
    const looked = new Map([...matched].map(([id, found]) => [id, onlyOf(found, flaws)]));
    const resources = grouped.map(({ held, groups }) => {
      const { resourceKind, resourceId } = held;
      const grading = { facts: new Map(), now, idOf: ctx.idOf, graded: memo.graded };
      // The memory is shared by all projects, so what one of them knows by itself stays out of it.
      const ofOwn = onlyOf(matchCustom(held.packages, custom), flaws);
      const ofResource = [...groups.flatMap(({ id }) => looked.get(id) ?? []), ...ofOwn];
      return { held, found: toFindings(ofResource, { ...grading, resource: { resourceKind, resourceId } }) };
    });
    return { revision, resources };
  });
}

function onlyOf(matched: readonly MatchedPackage[], flaws: ReadonlySet<string> | null): readonly MatchedPackage[] {
  if (flaws === null) return matched;
  return matched.flatMap((one) => {
    const matches = one.matches.filter(({ cve }) => flaws.has(cve));
    return matches.length === 0 ? [] : [{ ...one, matches }];
  });
}

async function matchGroups(
  ctx: MatchingCtx,
  knowledge: KnowledgeStore,
  memo: MatchMemo,
  groups: readonly PackageGroup[],
): Promise<ReadonlyMap<string, readonly MatchedPackage[]>> {
  const matched = new Map(groups.map((group) => [group.id, memo.get(group)]));
  const missing = groups.filter(({ id }) => matched.get(id) === undefined);
  const known = await knowledge.lookUp(missing.map(({ key }) => key));
  const fresh = missing.map((group) => {
    const found = matchInventory(group.members, (key) => known.get(keyText(key)) ?? []);
    return { group, found };
  });
  await grade(
    ctx,
    knowledge,
    memo,
    fresh.flatMap(({ found }) => found),
  );
  for (const { group, found } of fresh) {
    memo.put(group, found);
    matched.set(group.id, found);
  }
  return new Map([...matched].map(([id, found]) => [id, found ?? []]));
}

async function grade(
  ctx: MatchingCtx,
  knowledge: KnowledgeStore,
  { graded }: MatchMemo,
  matched: readonly MatchedPackage[],
): Promise<void> {
  const cves = new Set(matched.flatMap(({ matches }) => matches.map(({ cve }) => cve)));
  const facts = await knowledge.listFacts([...cves]);
  const grading = { facts, now: ctx.clock.now(), idOf: ctx.idOf, graded };
  for (const one of matched) for (const match of one.matches) storedMatchOf(one, match, grading);
}
