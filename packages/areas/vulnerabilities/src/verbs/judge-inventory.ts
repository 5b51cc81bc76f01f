import type { JudgedInventory, JudgeInventory } from "../contract/judge.ts";
import { judgeMatches } from "../core/judge-inventory.ts";
import { matchInventory } from "../core/match-inventory.ts";
import { comparedAs, keyText } from "../core/package-key.ts";
import type { VulnerabilityCtx } from "../ports.ts";

/** What the project's advisories and its image policy say of an image in a pipeline. Stores nothing. */
export async function judgeInventory(ctx: VulnerabilityCtx, asked: JudgeInventory): Promise<JudgedInventory> {
  ctx.require("vulnerabilities.read");
  return ctx.read(async ({ knowledge, policies }) => {
    const revision = await knowledge.revision();
    const known = await knowledge.lookUp(asked.packages.filter(({ ownedByOs }) => !ownedByOs).map(comparedAs));
    const matched = matchInventory(asked.packages, (key) => known.get(keyText(key)) ?? []);
    const cves = new Set(matched.flatMap(({ matches }) => matches.map(({ cve }) => cve)));
    const facts = await knowledge.listFacts([...cves]);
    const { rules } = await policies.get("image");
    const judged = judgeMatches({ asked, matched, facts, rules, now: ctx.clock.now(), idOf: (text) => ctx.idOf(text) });
    return { revision, ...judged };
  });
}
