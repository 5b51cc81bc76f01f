import type { PackageKind } from "../contract.ts";
import type { FoundPackage } from "../layers/layer-result.ts";
import { keepFitting } from "../layers/layer-result.ts";
import { inventoryLimits } from "../limits.ts";
import type { ReaderResult } from "../readers/reader.ts";
import { printable } from "../warnings.ts";

/**
 * What a lock file says of one package. A null version means that it names a package and no exact version of it: a
 * range, a commit, or an entry that makes no sense. Such a package cannot be matched, and that is told.
 *
 * Packages for development and tests are declared like all others: what runs on a developer's machine and in CI can be
 * attacked there. The repository's own code is left out where the file marks it as such: no registry knows it.
 */
export type Declared = Readonly<{ name: string; version: string | null; licenses?: readonly string[] }>;

/** How many names a problem gives as examples. */
const namesMax = 3;
const { licensesMax, licenseLengthMax } = inventoryLimits;

/** The packages that have an exact version, each once; what has none, or does not fit, becomes the problem. */
export function toReaderResult(kind: PackageKind, declared: readonly Declared[]): ReaderResult {
  const byKey = new Map<string, FoundPackage>();
  const unversioned = new Set<string>();
  for (const { name, version, licenses } of declared) {
    if (version === null || version === "") unversioned.add(name);
    else
      byKey.set(`${name}\n${version}`, {
        name,
        version,
        kind,
        ...(licenses && { licenses: licenses.slice(0, licensesMax).map(toLicense) }),
      });
  }
  const { packages, dropped } = keepFitting([...byKey.values()]);
  const problems = [sayUnversioned([...unversioned]), dropped === 0 ? "" : `${dropped} more than can be kept`];
  const problem = problems.filter((text) => text !== "").join("; ");
  return { content: { is: "packages", packages }, ...(problem !== "" && { problem }) };
}

function toLicense(text: string): string {
  return printable(text, licenseLengthMax);
}

function sayUnversioned(names: readonly string[]): string {
  if (names.length === 0) return "";
  const examples = names.slice(0, namesMax).map((name) => name.slice(0, 100));
  const rest = names.length > namesMax ? ` and ${names.length - namesMax} more` : "";
  return `not matched, as no exact version is named: ${examples.join(", ")}${rest}`;
}
