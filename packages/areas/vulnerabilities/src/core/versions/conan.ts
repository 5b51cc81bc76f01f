import { orderDigits, orderLists, orderText, schemeOf } from "./scheme.ts";
import { orderBefore } from "./semver.ts";

/** Conan packages keep the version of their upstream: `1.1.1k` is newer than `1.1.1`, `cci.20210118` is a date. */
type Conan = Readonly<{ items: readonly string[]; before: readonly string[] }>;

function parse(text: string): Conan | null {
  const found = /^\s*v?([0-9a-z]+(?:[._][0-9a-z]+)*)(?:-([0-9a-z.-]+))?(?:\+[0-9a-z.+-]*)?\s*$/i.exec(text);
  if (found?.[1] === undefined || !/\d/.test(found[1])) return null;
  return { items: found[1].toLowerCase().split(/[._]/), before: found[2]?.toLowerCase().split(".") ?? [] };
}

/** The number at the beginning of an item counts first; `1k` lies between 1 and 2. Words come before numbers. */
function orderItems(left: string, right: string): number {
  const first = /^\d*/.exec(left)?.[0] ?? "";
  const second = /^\d*/.exec(right)?.[0] ?? "";
  if (first === "" || second === "") return Number(first !== "") - Number(second !== "") || orderText(left, right);
  return orderDigits(first, second) || orderText(left.slice(first.length), right.slice(second.length));
}

export const conan = schemeOf(
  parse,
  (left, right) => orderLists(left.items, right.items, "0", orderItems) || orderBefore(left.before, right.before),
);
