import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareVersions } from "./version-scheme-of.ts";

const ecosystems = [
  "Debian",
  "Alpine",
  "AlmaLinux",
  "npm",
  "PyPI",
  "Maven",
  "Go",
  "RubyGems",
  "NuGet",
  "Packagist",
  "Hex",
  "crates.io",
  "generic",
] as const;

const piece = fc.constantFrom(
  ..."0 1 2 9 10 01 007 . - _ ~ + ^ : a b rc alpha beta pre dev post snapshot final ga sp p r x v -r1 _p1".split(" "),
);
const anyVersion = fc.oneof(
  fc.array(piece, { maxLength: 7 }).map((pieces) => pieces.join("")),
  fc.tuple(fc.nat(3), fc.array(piece, { maxLength: 5 })).map(([first, pieces]) => `${first}.${pieces.join("")}`),
  fc.string({ maxLength: 8 }),
);

describe.for(ecosystems)("the order of %s", (ecosystem) => {
  const sign = (left: string, right: string) => Math.sign(compareVersions(ecosystem, left, right));

  test("is total: any two texts compare, and every text equals itself", () => {
    fc.assert(
      fc.property(anyVersion, anyVersion, (left, right) => {
        expect(Number.isNaN(sign(left, right))).toBe(false);
        expect(sign(left, left)).toBe(0);
      }),
    );
  });

  test("is antisymmetric: turning the question round turns the answer round", () => {
    fc.assert(
      fc.property(anyVersion, anyVersion, (left, right) => sign(left, right) + sign(right, left) === 0),
      {
        numRuns: 1_000,
      },
    );
  });

  test("is transitive: what comes before the earlier comes before the later", () => {
    fc.assert(
      fc.property(anyVersion, anyVersion, anyVersion, (one, two, three) => {
        const [first, second, third] = [one, two, three].sort(sign) as [string, string, string]; // three in, three out
        return sign(first, second) <= 0 && sign(second, third) <= 0 && sign(first, third) <= 0;
      }),
      { numRuns: 2_000 },
    );
  });
});
