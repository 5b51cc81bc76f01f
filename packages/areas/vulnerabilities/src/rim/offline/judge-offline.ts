import { createHash } from "node:crypto";
import type { JudgedInventory, JudgeInventory, PolicyRule } from "../../contract.ts";
import { judgeMatches } from "../../core/judge-inventory.ts";
import { leftOutOf, matchInventory } from "../../core/match-inventory.ts";
import { osEcosystemOf } from "../../core/os-ecosystem.ts";
import { loadAdvisoryIndex } from "./load-advisory-index.ts";

export type OfflineJudgement = Omit<JudgedInventory, "revision"> &
  Readonly<{
    /** Feed files that were read. */
    sources: readonly string[];
    /** True when no folder was given and only the built-in set answered. */
    isStarter: boolean;
  }>;

type Asked = Readonly<{ asked: JudgeInventory; folder: string | null; rules: readonly PolicyRule[]; now: Date }>;

/** Compares packages with a folder of advisories and lets rules decide, by the code that a Console decides with. */
export async function judgeOffline({ asked, folder, rules, now }: Asked): Promise<OfflineJudgement> {
  const index = await loadAdvisoryIndex(folder, asked.packages);
  const matched = matchInventory(asked.packages, index.lookUp);
  const leftOut = leftOutOf(asked.packages, index.lookUp);
  const cves = new Set(matched.flatMap(({ matches }) => matches.map(({ cve }) => cve)));
  const facts = await index.listFacts(cves);
  const idOf = (text: string): string => createHash("sha256").update(text).digest("hex");
  const { sources, isStarter } = index;
  const ecosystem = osEcosystemOf({ os: null, packages: asked.packages });
  const uncovered = ecosystem === null || index.covers(ecosystem) ? null : ecosystem;
  return { ...judgeMatches({ asked, matched, leftOut, facts, rules, now, idOf }), uncovered, sources, isStarter };
}
