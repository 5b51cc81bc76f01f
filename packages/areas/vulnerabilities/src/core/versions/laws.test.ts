import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareVersions, orderedEcosystems, versionSchemeOf } from "./version-scheme-of.ts";

/** One ecosystem for each set of rules. */
const ecosystems = [
  ...new Map([...orderedEcosystems, "an ecosystem nobody knows"].map((name) => [versionSchemeOf(name), name])).values(),
];

/** Marks, words and numbers with which the rules of some ecosystem do something special. */
const pieces = {
  everywhere: "0 1 2 9 10 01 007 1.0 . - _ ~ + ^ : a b x v".split(" "),
  words: "rc alpha beta pre dev post snapshot final ga sp p r cr m milestone git cvs pl stable patch".split(" "),
  whole: [
    "-r1",
    "_p1",
    "_rc2",
    "~~",
    "~rc1",
    "1:",
    "0:",
    "2!",
    "+build.5",
    "-0",
    "-rc1",
    "-1ubuntu2",
    ".el9_2",
    "go1.",
    "v0.0.0-2006",
    "dev-",
    "+deb12u3",
    ".module_el8",
    "-SNAPSHOT",
    ".post0.dev1",
    "99999999999999999999",
    "~abc123",
  ],
};
const piece = fc.oneof(...Object.values(pieces).map((some) => fc.constantFrom(...some)));

/** Texts of every kind, then versions that look like real ones: two of those are close to each other far more often. */
const anyText = fc.oneof(
  fc.array(piece, { maxLength: 7 }).map((some) => some.join("")),
  fc.string({ maxLength: 8 }),
);
const number = fc.oneof(fc.nat(3).map(String), fc.constantFrom("00", "01", "10", "18446744073709551616"));
const release = fc.array(number, { minLength: 1, maxLength: 4 }).map((numbers) => numbers.join("."));
const likely = fc.tuple(
  fc.constantFrom("", "", "v", "1:", "0:", "1!", "go"),
  release,
  fc.array(piece, { maxLength: 4 }),
);
const anyVersion = fc.oneof(
  anyText,
  likely.map(([prefix, numbers, rest]) => `${prefix}${numbers}${rest.join("")}`),
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
      { numRuns: 1_000 },
    );
  });

  test("is transitive: what comes before the earlier comes before the later", () => {
    fc.assert(
      fc.property(anyVersion, anyVersion, anyVersion, (one, two, three) => {
        const [first, second, third] = [one, two, three].sort(sign) as [string, string, string]; // three in, three out
        const isOrdered = sign(first, second) <= 0 && sign(second, third) <= 0 && sign(first, third) <= 0;
        const isSame = sign(first, second) === 0 && sign(second, third) === 0;
        return isOrdered && (!isSame || sign(first, third) === 0);
      }),
      { numRuns: 3_000 },
    );
  });
});

/** Texts on which a careless pattern needs time that grows with the square of the length. */
const length = 4_096;
const hostile = ["1", "1.", "-1", "1a", "1_", "=v", " ", "~", "1:", "-rc1", ".0", "0-", "1+", "a.", "post1"].flatMap(
  (part) => ["", "1", "go1.", "1.0-"].map((start) => `${start}${part.repeat(length / part.length)}!`),
);

test.for(ecosystems)("the order of %s takes no longer than its texts are long", (ecosystem) => {
  const startedAt = performance.now();
  for (const text of hostile) compareVersions(ecosystem, text, `${text}1`);
  // 60 pairs of 4,096 characters take some 30 ms; one pattern that backtracks takes a second for each.
  expect(performance.now() - startedAt).toBeLessThan(2_000);
});
