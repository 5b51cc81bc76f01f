import type { JudgedInventory, JudgeInventory } from "../contract/judge.ts";
import { judgeMatches } from "../core/judge-inventory.ts";
import { leftOutOf, matchInventory } from "../core/match-inventory.ts";
import type { Lookup } from "../core/match-package.ts";
import { comparedAs, keyText } from "../core/package-key.ts";
import type { VulnerabilityCtx } from "../ports.ts";

/** What the project's advisories and its image policy say of an image in a pipeline. Stores nothing. */
export async function judgeInventory(ctx: VulnerabilityCtx, asked: JudgeInventory): Promise<JudgedInventory> {
  ctx.require("vulnerabilities.read");
  return ctx.read(async ({ knowledge, policies }) => {
    const revision = await knowledge.revision();
    const known = await knowledge.lookUp(asked.packages.filter(({ ownedByOs }) => !ownedByOs).map(comparedAs));
    const lookup: Lookup = (key) => known.get(keyText(key)) ?? [];
    const matched = matchInventory(asked.packages, lookup);
    const leftOut = leftOutOf(asked.packages, lookup);
    const cves = new Set(matched.flatMap(({ matches }) => matches.map(({ cve }) => cve)));
    const facts = await knowledge.listFacts([...cves]);
    const { rules } = await policies.get("image");
    const now = ctx.clock.now();
    const judged = judgeMatches({ asked, matched, leftOut, facts, rules, now, idOf: (text) => ctx.idOf(text) });
    return { revision, ...judged };
  });
}
