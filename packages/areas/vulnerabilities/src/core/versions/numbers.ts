import { orderDigits, schemeOf } from "./scheme.ts";

/**
 * CRAN, Bioconductor, Hackage and GHC: nothing but numbers, parted by dots (CRAN: or hyphens). Of two that begin alike
 * the longer one is newer, so 1.0 comes before 1.0.0.
 */
function parse(text: string): readonly string[] | null {
  const trimmed = text.trim();
  return /^\d+(?:[.-]\d+)*$/.test(trimmed) ? trimmed.split(/[.-]/) : null;
}

function order(left: readonly string[], right: readonly string[]): number {
  const shared = Math.min(left.length, right.length);
  for (let index = 0; index < shared; index += 1) {
    const result = orderDigits(left[index] ?? "", right[index] ?? "");
    if (result !== 0) return result;
  }
  return left.length - right.length;
}

export const numbers = schemeOf(parse, order);
