import { isDigit, orderDigits, schemeOf } from "./scheme.ts";

/** Debian policy 5.6.12: [epoch:]upstream[-revision]; `~` sorts before everything, even before the end. */
type Dpkg = Readonly<{ epoch: string; upstream: string; revision: string }>;

function parse(text: string): Dpkg | null {
  const trimmed = text.trim();
  const colon = trimmed.indexOf(":");
  const epoch = colon < 0 ? "0" : trimmed.slice(0, colon);
  if (trimmed === "" || !/^\d+$/.test(epoch)) return null;
  const rest = trimmed.slice(colon + 1);
  const dash = rest.lastIndexOf("-");
  return dash < 0
    ? { epoch, upstream: rest, revision: "" }
    : { epoch, upstream: rest.slice(0, dash), revision: rest.slice(dash + 1) };
}

/** Rank of one character: `~` first, then the end and digits, then letters, then everything else. */
function rank(character: string | undefined): number {
  if (character === "~") return -1;
  if (character === undefined || isDigit(character)) return 0;
  const code = character.charCodeAt(0);
  return /[A-Za-z]/.test(character) ? code : code + 256;
}

/** The algorithm of dpkg's verrevcmp: stretches of non-digits and of digits, in turn. */
export function orderDpkgPart(left: string, right: string): number {
  let first = 0;
  let second = 0;
  while (first < left.length || second < right.length) {
    while ((first < left.length && !isDigit(left[first])) || (second < right.length && !isDigit(right[second]))) {
      const difference = rank(left[first]) - rank(right[second]);
      if (difference !== 0) return difference;
      first += 1;
      second += 1;
    }
    const leftDigits = digitsAt(left, first);
    const rightDigits = digitsAt(right, second);
    const difference = orderDigits(leftDigits || "0", rightDigits || "0");
    if (difference !== 0) return difference;
    first += leftDigits.length;
    second += rightDigits.length;
  }
  return 0;
}

function digitsAt(text: string, start: number): string {
  let end = start;
  while (isDigit(text[end])) end += 1;
  return text.slice(start, end);
}

export const dpkg = schemeOf(
  parse,
  (left, right) =>
    orderDigits(left.epoch, right.epoch) ||
    orderDpkgPart(left.upstream, right.upstream) ||
    orderDpkgPart(left.revision, right.revision),
);
