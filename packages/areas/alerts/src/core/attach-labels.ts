import type { Labels } from "@rampart/kernel";
import type { AttachedLabel } from "../contract.ts";
import { labelValueMax } from "../contract.ts";

/**
 * The declared labels that a resource carries, in the order of declaration. Names are case-sensitive; values are shown
 * trimmed, and one that is empty then says nothing and is left out.
 */
export function attachLabels(labels: Labels, declared: readonly string[]): AttachedLabel[] {
  return declared.flatMap((name) => {
    const value = (Object.hasOwn(labels, name) ? (labels[name] ?? "") : "").trim();
    return value === "" ? [] : [{ name, value: value.slice(0, labelValueMax) }];
  });
}
