import { orderDigits, schemeOf } from "./scheme.ts";
import { orderSemver, parseSemver, type Semver } from "./semver.ts";

/**
 * SemVer with Bitnami's own revision: `17.0.3-1` was built after `17.0.3`, which is the same as `17.0.3-0`. Java 8 counts
 * its updates in the same place: `1.8.0_292`.
 */
type Bitnami = Readonly<{ upstream: Semver; revision: string }>;

function parse(text: string): Bitnami | null {
  const revised = /^(\s*v?\d+(?:\.\d+)*)[-_](\d{1,9})\s*$/.exec(text);
  const upstream = parseSemver(revised?.[1] ?? text);
  return upstream === null ? null : { upstream, revision: revised?.[2] ?? "0" };
}

export const bitnami = schemeOf(
  parse,
  (left, right) => orderSemver(left.upstream, right.upstream) || orderDigits(left.revision, right.revision),
);
