import { orderDigits, orderLists, orderText, schemeOf } from "./scheme.ts";

/** Numbers of the release and identifiers before it; build metadata says nothing about age. */
export type Semver = Readonly<{ numbers: readonly string[]; before: readonly string[] }>;

/**
 * Reads SemVer 2.0 and the looser forms that registries hold: a leading `v` or `=`, one to many numbers, a pre-release
 * without its hyphen.
 */
export function parseSemver(text: string): Semver | null {
  // What may follow the numbers never begins with a digit: else a long run of digits could be parted in many ways.
  const found =
    /^[=v]*\s*(\d+(?:\.\d+)*)(?:-([0-9A-Za-z-][0-9A-Za-z.-]*)|([A-Za-z-][0-9A-Za-z.-]*))?(?:\+[0-9A-Za-z.+_~-]*)?$/i.exec(
      text.trim(),
    );
  if (found?.[1] === undefined) return null;
  return { numbers: found[1].split("."), before: (found[2] ?? found[3])?.split(".") ?? [] };
}

export function orderIdentifiers(left: string, right: string): number {
  const leftNumeric = /^\d+$/.test(left);
  const rightNumeric = /^\d+$/.test(right);
  if (leftNumeric && rightNumeric) return orderDigits(left, right);
  if (leftNumeric !== rightNumeric) return leftNumeric ? -1 : 1;
  return orderText(left, right);
}

/** A version with something before it is older; more identifiers are newer than fewer. */
export function orderBefore(
  left: readonly string[],
  right: readonly string[],
  orderOne: (left: string, right: string) => number = orderIdentifiers,
): number {
  if (left.length === 0 || right.length === 0) return Number(left.length === 0) - Number(right.length === 0);
  const shared = Math.min(left.length, right.length);
  for (let index = 0; index < shared; index += 1) {
    const result = orderOne(left[index] ?? "", right[index] ?? "");
    if (result !== 0) return result;
  }
  return left.length - right.length;
}

export function orderSemver(left: Semver, right: Semver): number {
  return orderLists(left.numbers, right.numbers, "0", orderDigits) || orderBefore(left.before, right.before);
}

/** npm, crates.io, Hex, Swift and OSV ranges of type SEMVER. */
export const semver = schemeOf(parseSemver, orderSemver);

type Built = Readonly<{ version: Semver; build: readonly string[] }>;

function parseBuilt(text: string): Built | null {
  const version = parseSemver(text);
  const build = /\+([0-9A-Za-z.-]+)\s*$/.exec(text)?.[1];
  return version === null ? null : { version, build: build?.split(".") ?? [] };
}

/** Julia and Pub: what SemVer calls metadata is a build number there, and a build is newer than the bare version. */
export const semverWithBuild = schemeOf(
  parseBuilt,
  (left, right) => orderSemver(left.version, right.version) || orderBuilds(left.build, right.build),
);

function orderBuilds(left: readonly string[], right: readonly string[]): number {
  if (left.length === 0 || right.length === 0) return left.length - right.length;
  return orderBefore(left, right);
}

/** Strict SemVer 2.0 with numbers that npm can hold; what npm itself accepts as a version. */
export function isStrictSemver(text: string): boolean {
  const numeric = "(?:0|[1-9]\\d*)";
  const identifier = `(?:${numeric}|\\d*[A-Za-z-][0-9A-Za-z-]*)`;
  const pattern = new RegExp(
    `^v?(${numeric})\\.(${numeric})\\.(${numeric})(?:-${identifier}(?:\\.${identifier})*)?(?:\\+[0-9A-Za-z.-]+)?$`,
  );
  const found = pattern.exec(text.trim());
  return found !== null && found.slice(1, 4).every((digits) => Number(digits) <= Number.MAX_SAFE_INTEGER);
}
