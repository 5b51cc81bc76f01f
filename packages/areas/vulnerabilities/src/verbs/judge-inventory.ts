import type { JudgedInventory, JudgeInventory } from "../contract/judge.ts";
import { withAllowed } from "../core/allow-cves.ts";
import { judgeMatches } from "../core/judge-inventory.ts";
import { matchCustom } from "../core/match-custom.ts";
import { leftOutOf, matchInventory } from "../core/match-inventory.ts";
import type { Lookup } from "../core/match-package.ts";
import { osEcosystemOf } from "../core/os-ecosystem.ts";
import { comparedAs, keyText } from "../core/package-key.ts";
import type { VulnerabilityCtx } from "../ports.ts";

/** What the project's advisories and its image policy say of an image in a pipeline. Stores nothing. */
export async function judgeInventory(ctx: VulnerabilityCtx, asked: JudgeInventory): Promise<JudgedInventory> {
  ctx.require("vulnerabilities.read");
  return ctx.read(async ({ knowledge, policies, ownLists }) => {
    const revision = await knowledge.revision();
    const known = await knowledge.lookUp(asked.packages.filter(({ ownedByOs }) => !ownedByOs).map(comparedAs));
    const lookup: Lookup = (key) => known.get(keyText(key)) ?? [];
    const { entries: custom } = await ownLists.getCustom();
    const matched = [...matchInventory(asked.packages, lookup), ...matchCustom(asked.packages, custom)];
    const leftOut = leftOutOf(asked.packages, lookup);
    const cves = new Set(matched.flatMap(({ matches }) => matches.map(({ cve }) => cve)));
    const facts = await knowledge.listFacts([...cves]);
    const rules = withAllowed((await policies.get("image")).rules, (await ownLists.getAllowed()).entries);
    const now = ctx.clock.now();
    const judged = judgeMatches({ asked, matched, leftOut, facts, rules, now, idOf: (text) => ctx.idOf(text) });
    const ecosystem = osEcosystemOf({ os: null, packages: asked.packages });
    const isCovered = ecosystem === null || (await knowledge.covers(ecosystem));
    return { revision, ...judged, uncovered: isCovered ? null : ecosystem };
  });
}
