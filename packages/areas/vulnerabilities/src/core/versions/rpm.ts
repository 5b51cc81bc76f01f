import { isDigit, orderDigits, orderText, schemeOf } from "./scheme.ts";

type Rpm = Readonly<{ epoch: string; version: readonly string[]; release: readonly string[] }>;

function parse(text: string): Rpm {
  const colon = text.indexOf(":");
  const epoch = colon < 0 ? "" : text.slice(0, colon).trim();
  const rest = text.slice(colon + 1).trim();
  const parts = rest.split("-");
  // Neither a version nor a release may contain a hyphen; text with several is taken as a version alone.
  const [version = rest, release = ""] = parts.length === 2 ? parts : [rest];
  return { epoch: /^\d+$/.test(epoch) ? epoch : "0", version: pieces(version), release: pieces(release) };
}

const isLetter = (character: string | undefined): boolean => character !== undefined && /[A-Za-z]/.test(character);

/** One comparable piece: digits, letters, or one of the two marks. Everything else only separates. */
function pieces(text: string): readonly string[] {
  return text.match(/\d+|[A-Za-z]+|~|\^/g) ?? [];
}

/** rpmvercmp: `~` sorts before the end, `^` after it but before anything longer; digits beat letters. */
function orderPart(left: readonly string[], right: readonly string[]): number {
  for (let index = 0; ; index += 1) {
    const one = left[index];
    const other = right[index];
    const result = orderMarks(one, other) || orderPieces(one, other);
    if (result !== 0) return result;
    if (one === undefined) return 0;
  }
}

function orderMarks(one: string | undefined, other: string | undefined): number {
  if (one === other) return 0;
  if (one === "~") return -1;
  if (other === "~") return 1;
  if (one === "^") return other === undefined ? 1 : -1;
  if (other === "^") return one === undefined ? -1 : 1;
  return 0;
}

function orderPieces(one: string | undefined, other: string | undefined): number {
  if (one === undefined || other === undefined) return Number(one !== undefined) - Number(other !== undefined);
  if (isDigit(one[0]) && isDigit(other[0])) return orderDigits(one, other);
  if (isLetter(one[0]) && isLetter(other[0])) return orderText(one, other);
  return Number(isDigit(one[0])) - Number(isDigit(other[0]));
}

export const rpm = schemeOf(
  parse,
  (left, right) =>
    orderDigits(left.epoch, right.epoch) ||
    orderPart(left.version, right.version) ||
    orderPart(left.release, right.release),
);
