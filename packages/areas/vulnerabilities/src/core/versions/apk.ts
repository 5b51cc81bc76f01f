import { orderDigits, orderText, schemeOf } from "./scheme.ts";

/**
 * apk versions are digits{.digits}[letter]{_suffix[digits]}[~commit][-r digits]. Kinds in the order of apk-tools: of
 * two versions that part at a place, the one that continues with the earlier kind is newer.
 */
const kinds = ["first", "digits", "letter", "suffix", "suffixNumber", "commit", "revision", "end", "invalid"] as const;
type Kind = (typeof kinds)[number];
type Token = Readonly<{ kind: Kind; text: string }>;
type Apk = Readonly<{ tokens: readonly Token[]; valid: boolean }>;

const suffixes = ["alpha", "beta", "pre", "rc", "", "cvs", "svn", "git", "hg", "p"];
const release = suffixes.indexOf("");

/** What may follow: pattern, the kind it makes, and the last kind after which it is still allowed. */
const grammar: readonly Readonly<{ pattern: RegExp; kind: Kind; after: (kind: Kind) => boolean }>[] = [
  { pattern: /\.(\d+)/y, kind: "digits", after: (kind) => isAtMost(kind, "digits") },
  { pattern: /(\d+)/y, kind: "suffixNumber", after: (kind) => kind === "suffix" },
  { pattern: /([a-z])/y, kind: "letter", after: (kind) => isAtMost(kind, "digits") },
  {
    pattern: /_(alpha|beta|pre|rc|cvs|svn|git|hg|p)(?![a-z])/y,
    kind: "suffix",
    after: (kind) => isAtMost(kind, "suffixNumber"),
  },
  { pattern: /~([0-9a-f]+)/y, kind: "commit", after: (kind) => isAtMost(kind, "suffixNumber") },
  { pattern: /-r(\d+)/y, kind: "revision", after: (kind) => isAtMost(kind, "commit") },
];

function isAtMost(kind: Kind, limit: Kind): boolean {
  return kinds.indexOf(kind) <= kinds.indexOf(limit);
}

function parse(text: string): Apk {
  const tokens: Token[] = [];
  const head = /^\d+/.exec(text)?.[0];
  if (head === undefined) return { tokens: [{ kind: "invalid", text }], valid: false };
  tokens.push({ kind: "first", text: head });
  let kind: Kind = "first";
  let position = head.length;
  while (position < text.length) {
    const next = tokenAt(text, position, kind);
    if (next === null) return { tokens: [...tokens, { kind: "invalid", text: text.slice(position) }], valid: false };
    tokens.push(next.token);
    kind = next.token.kind;
    position = next.end;
  }
  return { tokens: [...tokens, { kind: "end", text: "" }], valid: true };
}

function tokenAt(text: string, position: number, kind: Kind): { token: Token; end: number } | null {
  for (const option of grammar) {
    if (!option.after(kind)) continue;
    option.pattern.lastIndex = position;
    const found = option.pattern.exec(text);
    if (found !== null) return { token: { kind: option.kind, text: found[1] ?? "" }, end: option.pattern.lastIndex };
  }
  return null;
}

function orderTokens(left: Token, right: Token): number {
  switch (left.kind) {
    case "first":
    case "suffixNumber":
    case "revision":
      return orderDigits(left.text, right.text);
    case "digits":
      // A leading zero makes it a fraction: 1.05 comes before 1.5, as in Gentoo.
      return left.text.startsWith("0") || right.text.startsWith("0")
        ? orderText(left.text, right.text)
        : orderDigits(left.text, right.text);
    case "suffix":
      return suffixes.indexOf(left.text) - suffixes.indexOf(right.text);
    case "letter":
    case "commit":
    case "invalid":
      return orderText(left.text, right.text);
    case "end":
      return 0;
  }
}

function isPreRelease(token: Token): boolean {
  return token.kind === "suffix" && suffixes.indexOf(token.text) < release;
}

function order(left: Apk, right: Apk): number {
  for (let index = 0; ; index += 1) {
    const first = left.tokens[index];
    const second = right.tokens[index];
    if (first === undefined || second === undefined) return 0;
    if (first.kind === second.kind) {
      const result = orderTokens(first, second);
      if (result !== 0) return result;
      continue;
    }
    if (isPreRelease(first)) return -1;
    if (isPreRelease(second)) return 1;
    return kinds.indexOf(second.kind) - kinds.indexOf(first.kind);
  }
}

const scheme = schemeOf(parse, order);
export const apk = { ...scheme, isVersion: (text: string): boolean => parse(text).valid };
