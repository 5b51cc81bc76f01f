import { orderDigits, orderLists, schemeOf } from "./scheme.ts";

type Packagist = Readonly<{
  branch: string | null;
  numbers: readonly string[];
  stability: number;
  count: string;
  dev: boolean;
}>;

/** Composer's stabilities, oldest first. A bare `-dev` is older than every other form of the same number. */
const stabilities = ["dev", "alpha", "beta", "rc", "", "patch"];
const spellings: Readonly<Record<string, string>> = { a: "alpha", b: "beta", p: "patch", pl: "patch", stable: "" };

function parse(text: string): Packagist | null {
  const trimmed = text
    .trim()
    .toLowerCase()
    .replace(/\+[0-9a-z.-]*$/, "");
  const branch = /^dev-(.+)$/.exec(trimmed)?.[1];
  if (branch !== undefined) return { branch, numbers: [], stability: 0, count: "0", dev: true };
  const found =
    /^v?(\d+(?:\.(?:\d+|x))*)(?:[._-]?(stable|alpha|beta|rc|patch|pl|a|b|p)(?:[.-]?(\d+(?:[.-]?\d+)*))?)?([.-]?dev)?$/.exec(
      trimmed,
    );
  if (found?.[1] === undefined) return null;
  const [, numbers, word, count, dev] = found;
  const stability = word === undefined ? "" : (spellings[word] ?? word);
  const isDevOnly = dev !== undefined && word === undefined;
  return {
    branch: null,
    numbers: numbers.split(".").map((number) => (number === "x" ? "9999999" : number)),
    stability: stabilities.indexOf(isDevOnly ? "dev" : stability),
    count: count ?? "0",
    dev: dev !== undefined,
  };
}

/** Branches are older than every number and tell nothing about each other; they count as one version. */
function order(left: Packagist, right: Packagist): number {
  if (left.branch !== null || right.branch !== null)
    return Number(left.branch === null) - Number(right.branch === null);
  return (
    orderLists(left.numbers, right.numbers, "0", orderDigits) ||
    left.stability - right.stability ||
    orderLists(left.count.split(/[.-]/), right.count.split(/[.-]/), "0", orderDigits) ||
    Number(right.dev) - Number(left.dev)
  );
}

export const packagist = schemeOf(parse, order);
