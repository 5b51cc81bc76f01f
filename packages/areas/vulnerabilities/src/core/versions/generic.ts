import { isDigit, orderDigits, orderText, schemeOf } from "./scheme.ts";

/**
 * The order people expect where nobody has written one down: numbers by value, words by letter, and words that mark
 * something unfinished before the end. Used for ecosystems that we do not know.
 */
const unfinished = ["dev", "snapshot", "pre", "preview", "alpha", "a", "beta", "b", "milestone", "m", "cr", "rc"];

function parse(text: string): readonly string[] | null {
  const pieces =
    text
      .trim()
      .toLowerCase()
      .match(/\d+|[a-z]+|~/g) ?? [];
  return pieces.some((piece) => isDigit(piece[0])) ? pieces : null;
}

/** Marks and unfinished words come before the end, other words after it, numbers after words. */
function rank(piece: string | undefined): number {
  if (piece === undefined) return 2;
  if (piece === "~") return 0;
  if (isDigit(piece[0])) return 4;
  return unfinished.includes(piece) ? 1 : 3;
}

function order(left: readonly string[], right: readonly string[]): number {
  for (let index = 0; ; index += 1) {
    const first = left[index];
    const second = right[index];
    const byRank = rank(first) - rank(second);
    if (byRank !== 0) return byRank;
    if (first === undefined || second === undefined) return 0;
    const result = orderSameRank(first, second);
    if (result !== 0) return result;
  }
}

function orderSameRank(first: string, second: string): number {
  if (isDigit(first[0])) return orderDigits(first, second);
  const place = unfinished.indexOf(first) - unfinished.indexOf(second);
  return place === 0 ? orderText(first, second) : place;
}

export const generic = schemeOf(parse, order);
