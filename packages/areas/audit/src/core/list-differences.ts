import { differencesMax, type AuditDifference } from "../contract.ts";

/** Which values changed, each with its path. Lists are compared by position; the first `differencesMax` are told. */
export function listDifferences(before: unknown, after: unknown): AuditDifference[] {
  const found: AuditDifference[] = [];
  compare("", before, after, found);
  return found;
}

function compare(path: string, before: unknown, after: unknown, found: AuditDifference[]): void {
  if (found.length >= differencesMax || Object.is(before, after)) return;
  if (isContainer(before) && isContainer(after) && Array.isArray(before) === Array.isArray(after)) {
    const left = new Map(Object.entries(before));
    const right = new Map(Object.entries(after));
    for (const key of new Set([...left.keys(), ...right.keys()])) {
      compare(path === "" ? key : `${path}.${key}`, left.get(key), right.get(key), found);
    }
    return;
  }
  found.push({ path, ...(before !== undefined && { before }), ...(after !== undefined && { after }) });
}

function isContainer(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
