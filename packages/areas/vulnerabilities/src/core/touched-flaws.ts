import type { Knowledge } from "./advisory.ts";
import { prepareKnowledge } from "./prepare-knowledge.ts";

/**
 * Names of the flaws that may come, go or change on a package when records known by these ids do: ids and CVEs of the
 * records before and after. A record without a CVE is named by others that share an id with it, so whatever such a chain
 * reaches is touched too; records of one CVE alone do not name each other.
 */
export function touchedFlaws(known: readonly Knowledge[], ids: readonly string[]): ReadonlySet<string> {
  const { statements } = prepareKnowledge(known);
  const touched = new Set(ids);
  let open = statements;
  for (let before = -1; before < touched.size;) {
    before = touched.size;
    const reached = Map.groupBy(open, (statement) => statement.ids.some((id) => touched.has(id)));
    for (const { ids: own, names } of reached.get(true) ?? []) for (const name of [...own, ...names]) touched.add(name);
    open = reached.get(false) ?? [];
  }
  return touched;
}
