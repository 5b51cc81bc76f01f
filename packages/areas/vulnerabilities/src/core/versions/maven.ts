import { isDigit, orderDigits, orderText, schemeOf } from "./scheme.ts";

/** Maven's ComparableVersion: a tree in which a hyphen, or a change between digits and letters, opens a branch. */
type Item =
  | Readonly<{ kind: "number"; digits: string }>
  | Readonly<{ kind: "word"; word: string }>
  /** A word with a number that belongs to it: `rc2`, `alpha-1`. */
  | Readonly<{ kind: "pair"; word: string; digits: string }>
  | { kind: "branch"; items: Item[] };
type Branch = Extract<Item, { kind: "branch" }>;

const qualifiers = ["alpha", "beta", "milestone", "rc", "snapshot", "", "sp"];
const releaseWords = new Set(["ga", "final", "release"]);
const shortWords: Readonly<Record<string, string>> = { a: "alpha", b: "beta", m: "milestone" };
const zero: Item = { kind: "number", digits: "0" };

function wordOf(text: string, followedByDigit: boolean): string {
  const long = followedByDigit ? (shortWords[text] ?? text) : text;
  return long === "cr" ? "rc" : long;
}

function itemOf(text: string, isPair: boolean): Item {
  if (isPair) {
    const joined = text.replaceAll("-", "");
    const start = joined.search(/\d/);
    return { kind: "pair", word: wordOf(joined.slice(0, start), true), digits: joined.slice(start) };
  }
  return isDigit(text[0]) ? { kind: "number", digits: text } : { kind: "word", word: wordOf(text, false) };
}

/** State of the one pass over the text. `list` is the innermost open branch, `branches` all of them, outermost first. */
type Reading = { text: string; start: number; digits: boolean; pair: boolean; list: Branch; branches: Branch[] };

function open(reading: Reading): void {
  const branch: Branch = { kind: "branch", items: [] };
  reading.list.items.push(branch);
  reading.branches.push(branch);
  reading.list = branch;
}

function close(reading: Reading, end: number): void {
  const text = reading.text.slice(reading.start, end);
  const item = text === "" ? zero : itemOf(text, reading.pair);
  // 1.0.x is read as 1.0-x. Maven does so for the last word only, by which 1.x-r1 < 1.snapshot < 1 < 1.x-r1.
  if ("word" in item && reading.list.items.length > 0) open(reading);
  reading.list.items.push(item);
}

function readSeparator(reading: Reading, index: number, isHyphen: boolean): void {
  const endsWord = index > reading.start && !reading.digits;
  if (isHyphen && endsWord && isDigit(reading.text[index + 1])) {
    reading.pair = true; // alpha-1 is read as alpha1
    return;
  }
  close(reading, index);
  reading.start = index + 1;
  if (isHyphen) open(reading);
  reading.pair = false;
}

function readDigit(reading: Reading, index: number): void {
  if (!reading.digits && index > reading.start) {
    if (reading.list.items.length > 0 && !reading.pair) open(reading);
    reading.pair = true;
  }
  reading.digits = true;
}

function readLetter(reading: Reading, index: number): void {
  if (reading.digits && index > reading.start) {
    close(reading, index);
    reading.start = index;
    open(reading);
    reading.pair = false;
  }
  reading.digits = false;
}

function parse(version: string): Branch | null {
  const text = version.trim().toLowerCase();
  if (text === "") return null;
  const root: Branch = { kind: "branch", items: [] };
  const reading: Reading = { text, start: 0, digits: false, pair: false, list: root, branches: [root] };
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (character === "." || character === "-") readSeparator(reading, index, character === "-");
    else if (isDigit(character)) readDigit(reading, index);
    else readLetter(reading, index);
  }
  if (text.length > reading.start) close(reading, text.length);
  for (const branch of reading.branches.reverse()) normalise(branch);
  return root;
}

/** Drops what says nothing: zeros and empty branches at the end or in front of a word. */
function normalise({ items }: Branch): void {
  for (let index = items.length - 1; index >= 0; index -= 1) {
    const item = items[index];
    if (item !== undefined && isNothing(item) && precedesWord(items[index + 1])) items.splice(index, 1);
  }
  // Maven itself leaves a branch in a branch here, by which 1-0.snapshot < 1 < 1-y < 1-0.snapshot.
  const [only, ...others] = items;
  if (only?.kind === "branch" && others.length === 0) items.splice(0, 1, ...only.items);
}

function isNothing(item: Item): boolean {
  switch (item.kind) {
    case "number":
      return /^0+$/.test(item.digits);
    case "word":
      return item.word === "";
    case "branch":
      return item.items.length === 0;
    case "pair":
      return false;
  }
}

function precedesWord(next: Item | undefined): boolean {
  const first = next?.kind === "branch" ? next.items[0] : next;
  return (
    next === undefined ||
    next.kind === "word" ||
    (next.kind === "branch" && (first?.kind === "word" || first?.kind === "pair"))
  );
}

/** Known words in their order; unknown ones after them by letter; the words for a finished release count as nothing. */
function wordRank(word: string): string {
  const place = qualifiers.indexOf(releaseWords.has(word) ? "" : word);
  return place < 0 ? `${qualifiers.length}-${word}` : String(place);
}

function orderWords(left: string, right: string): number {
  return orderText(wordRank(left), wordRank(right));
}

/** Newest last, when two kinds meet: a pair and a word are decided by their words. */
const kindRank = { word: 0, pair: 0, branch: 1, number: 2 } as const;

function order(left: Item | undefined, right: Item | undefined): number {
  if (left === undefined) return right === undefined ? 0 : -order(right, undefined);
  if (right === undefined) return orderToNothing(left);
  const byKind = kindRank[left.kind] - kindRank[right.kind];
  return byKind === 0 ? orderSameRank(left, right) : byKind;
}

function orderSameRank(left: Item, right: Item): number {
  if (left.kind === "number" && right.kind === "number") return orderDigits(left.digits, right.digits);
  if (left.kind === "branch" && right.kind === "branch") return orderBranches(left, right);
  if (!("word" in left) || !("word" in right)) return 0;
  return orderWords(left.word, right.word) || orderPairs(left, right);
}

/** Of the same word, the one with a number is newer: rc < rc1. */
function orderPairs(left: Item, right: Item): number {
  if (left.kind === "pair" && right.kind === "pair") return orderDigits(left.digits, right.digits);
  return Number(left.kind === "pair") - Number(right.kind === "pair");
}

function orderToNothing(item: Item): number {
  switch (item.kind) {
    case "number":
      return isNothing(item) ? 0 : 1;
    case "word":
    case "pair":
      return orderWords(item.word, "");
    case "branch":
      return item.items.map(orderToNothing).find((result) => result !== 0) ?? 0;
  }
}

function orderBranches(left: Branch, right: Branch): number {
  const length = Math.max(left.items.length, right.items.length);
  for (let index = 0; index < length; index += 1) {
    const result = order(left.items[index], right.items[index]);
    if (result !== 0) return result;
  }
  return 0;
}

export const maven = schemeOf(parse, orderBranches);
