import { isDigit, orderDigits, orderLists, orderText, schemeOf } from "./scheme.ts";

/** Gem::Version: runs of digits and letters; a hyphen reads as `.pre.`; zeros before a letter or the end are nothing. */
function parse(text: string): readonly string[] | null {
  const trimmed = text.trim().replaceAll("-", ".pre.");
  if (!/^(?:\d+(?:\.[0-9A-Za-z]+)*)?$/.test(trimmed)) return null;
  const segments = trimmed.match(/\d+|[a-z]+/gi) ?? [];
  const letters = segments.findIndex((segment) => !isDigit(segment[0]));
  const split = letters < 0 ? segments.length : letters;
  return [...withoutZeros(segments.slice(0, split)), ...withoutZeros(segments.slice(split))];
}

function withoutZeros(segments: readonly string[]): readonly string[] {
  let end = segments.length;
  while (end > 0 && /^0+$/.test(segments[end - 1] ?? "")) end -= 1;
  return segments.slice(0, end);
}

function orderSegments(left: string, right: string): number {
  const leftDigit = isDigit(left[0]);
  const rightDigit = isDigit(right[0]);
  if (leftDigit && rightDigit) return orderDigits(left, right);
  if (leftDigit !== rightDigit) return leftDigit ? 1 : -1;
  return orderText(left, right);
}

export const rubygems = schemeOf(parse, (left, right) => orderLists(left, right, "0", orderSegments));
