import { orderDigits, orderLists, schemeOf } from "./scheme.ts";
import { orderBefore, orderIdentifiers, type Semver } from "./semver.ts";

/** SemVer with up to four numbers; identifiers are compared without regard to case. */
function parse(text: string): Semver | null {
  const found = /^\s*v?(\d+(?:\.\d+){0,3})(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]*)?\s*$/i.exec(text);
  if (found?.[1] === undefined) return null;
  return { numbers: found[1].split("."), before: found[2] === undefined ? [] : found[2].toLowerCase().split(".") };
}

export const nuget = schemeOf(
  parse,
  (left, right) =>
    orderLists(left.numbers, right.numbers, "0", orderDigits) ||
    orderBefore(left.before, right.before, orderIdentifiers),
);
