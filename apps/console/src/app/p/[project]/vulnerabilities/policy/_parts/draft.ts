import type { Policy, PolicyRule } from "@rampart/vulnerabilities/contract";

/** A rule as the page shows it: what is saved, and what the server says about it. */
export type DraftRule = Policy["rules"][number];

/** The rule alone, as it is saved. */
export function toSaved({ sentence: _, hits: __, shadowedBy: ___, ...rule }: DraftRule): PolicyRule {
  return rule;
}

export function moved(rules: readonly DraftRule[], from: number, to: number): readonly DraftRule[] {
  const rule = rules[from];
  if (rule === undefined || to < 0 || to >= rules.length) return rules;
  return rules.toSpliced(from, 1).toSpliced(to, 0, rule);
}

/** Puts a changed rule in its place, a new one on top, where it decides first. */
export function withRule(rules: readonly DraftRule[], rule: DraftRule): readonly DraftRule[] {
  const index = rules.findIndex(({ id }) => id === rule.id);
  return index === -1 ? [rule, ...rules] : rules.with(index, rule);
}

export type Change = Readonly<{
  what: "added" | "removed" | "changed" | "moved";
  name: string;
  before?: string;
  after?: string;
}>;

/** What saving the draft would change, in the words of the list. */
export function changesBetween(before: readonly DraftRule[], after: readonly DraftRule[]): readonly Change[] {
  const old = new Map(before.map((rule) => [rule.id, rule]));
  const kept = new Set(after.map(({ id }) => id));
  const removed = before
    .filter(({ id }) => !kept.has(id))
    .map(({ name, sentence }) => ({ what: "removed", name, before: sentence }) as const);
  const changed = after.flatMap((rule): readonly Change[] => {
    const was = old.get(rule.id);
    if (was === undefined) return [{ what: "added", name: rule.name, after: rule.sentence }];
    if (isSame(was, rule)) return [];
    return [{ what: "changed", name: rule.name, before: was.sentence, after: rule.sentence }];
  });
  const orderBefore = before.filter(({ id }) => kept.has(id)).map(({ id }) => id);
  const orderAfter = after.filter(({ id }) => old.has(id));
  const out = orderAfter.filter(({ id }, index) => orderBefore[index] !== id);
  return [...removed, ...changed, ...out.map(({ name }) => ({ what: "moved", name }) as const)];
}

function isSame(left: DraftRule, right: DraftRule): boolean {
  return JSON.stringify(toSaved(left)) === JSON.stringify(toSaved(right));
}
