import { isDigit, orderDigits, orderLists, schemeOf } from "./scheme.ts";

/** Debian policy 5.6.12: [epoch:]upstream[-revision]; `~` sorts before everything, even before the end. */
type Dpkg = Readonly<{ epoch: string; upstream: readonly Stretch[]; revision: readonly Stretch[] }>;

/** What is not a digit, and the number behind it. Either may be empty. */
type Stretch = Readonly<{ text: string; digits: string }>;

function parse(text: string): Dpkg | null {
  const trimmed = text.trim();
  const colon = trimmed.indexOf(":");
  const epoch = colon < 0 ? "0" : trimmed.slice(0, colon);
  if (trimmed === "" || !/^\d+$/.test(epoch)) return null;
  const rest = trimmed.slice(colon + 1);
  const dash = rest.lastIndexOf("-");
  const upstream = dash < 0 ? rest : rest.slice(0, dash);
  return { epoch, upstream: stretches(upstream), revision: dash < 0 ? [] : stretches(rest.slice(dash + 1)) };
}

/** One pass by hand: a regular expression would make several objects for each stretch of millions of versions. */
function stretches(text: string): readonly Stretch[] {
  const found: Stretch[] = [];
  for (let at = 0; at < text.length;) {
    const digits = endOfRun(text, at, false);
    const next = endOfRun(text, digits, true);
    found.push({ text: text.slice(at, digits), digits: text.slice(digits, next) });
    at = next;
  }
  return found;
}

function endOfRun(text: string, start: number, ofDigits: boolean): number {
  let at = start;
  while (at < text.length && isDigit(text[at]) === ofDigits) at += 1;
  return at;
}

/** Rank of one character: `~` first, then the end and digits, then letters, then everything else. */
function rank(character: string | undefined): number {
  if (character === "~") return -1;
  if (character === undefined || isDigit(character)) return 0;
  const code = character.charCodeAt(0);
  const isLetter = (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
  return isLetter ? code : code + 256;
}

const nothing: Stretch = { text: "", digits: "" };

/** The algorithm of dpkg's verrevcmp: stretches of non-digits and of digits, in turn. */
function orderStretches(left: Stretch, right: Stretch): number {
  const length = Math.max(left.text.length, right.text.length);
  for (let index = 0; left.text !== right.text && index < length; index += 1) {
    const difference = rank(left.text[index]) - rank(right.text[index]);
    if (difference !== 0) return difference;
  }
  return orderDigits(left.digits || "0", right.digits || "0");
}

export const dpkg = schemeOf(
  parse,
  (left, right) =>
    orderDigits(left.epoch, right.epoch) ||
    orderLists(left.upstream, right.upstream, nothing, orderStretches) ||
    orderLists(left.revision, right.revision, nothing, orderStretches),
);

/** opam orders by the same algorithm, but knows neither epochs nor revisions: the text is one stretch after another. */
export const opam = schemeOf(
  (text) => (/\d/.test(text) ? stretches(text.trim()) : null),
  (left, right) => orderLists(left, right, nothing, orderStretches),
);
