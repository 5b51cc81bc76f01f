import { utf8Length } from "./utf8.ts";

/** A key with its value, in the order in which they matter. */
export type Pair = readonly [key: string, value: string];

/** Key under which a shortened message says how many of its values were cut or left out. */
export const truncatedKey = "truncated";
const ellipsis = "…";
/** A value cut to less than this says nothing any more. */
const valueBytesMin = 8;
/** A pair longer than this share of the room has to wait until the shorter ones have theirs. */
const longShare = 1 / 4;

/**
 * Writes pairs as ` key="value"`, in at most `bytesMax` bytes. When not all fits, short pairs come first, long values
 * are cut (and end in `…`) or left out, never broken, and a last pair says how many.
 */
export function fitPairs(pairs: readonly Pair[], bytesMax: number, escape: (value: string) => string): string {
  const whole = pairs.map((pair) => render(pair, escape));
  if (sum(whole.map(utf8Length)) <= bytesMax) return whole.join("");
  let left = bytesMax - utf8Length(render([truncatedKey, String(pairs.length)], escape));
  if (left < 0) return "";
  const longest = left * longShare;
  const kept = whole.map((text) => {
    const bytes = utf8Length(text);
    if (bytes > longest || bytes > left) return null;
    left -= bytes;
    return text;
  });
  const shown = pairs.map((pair, index) => {
    const text = kept[index] ?? cutPair(pair, left, escape);
    if (kept[index] === null) left -= utf8Length(text);
    return text;
  });
  const touched = shown.filter((text, index) => text !== whole[index]).length;
  return shown.join("") + render([truncatedKey, String(touched)], escape);
}

function render([key, value]: Pair, escape: (value: string) => string): string {
  return ` ${key}="${escape(value)}"`;
}

/** As much of a pair as fits, or nothing. */
function cutPair(pair: Pair, bytesMax: number, escape: (value: string) => string): string {
  const whole = render(pair, escape);
  if (utf8Length(whole) <= bytesMax) return whole;
  const [key, value] = pair;
  let left = bytesMax - utf8Length(render([key, ellipsis], escape));
  if (left < valueBytesMin) return "";
  let cut = "";
  for (const character of value) {
    const bytes = utf8Length(escape(character));
    if (bytes > left) break;
    cut += character;
    left -= bytes;
  }
  return render([key, cut + ellipsis], escape);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
