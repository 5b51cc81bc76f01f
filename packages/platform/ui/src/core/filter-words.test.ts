import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyCompletion, completeFilter, filterLengthMax, readFilter, withWord, writeWord } from "./filter-words.ts";

const fields = [
  { name: "severity", hint: "at least this severe", values: ["critical", "high"] },
  { name: "fix", hint: "a fixed version exists", values: ["yes", "no"] },
  { name: "package", hint: "name of the package" },
] as const;

describe("readFilter", () => {
  test("understands fields, labels and free text in one line", () => {
    const filter = readFilter('severity:critical label.team=payments "open ssl" fix:yes 3.0', fields);
    expect(filter).toEqual({
      fields: { severity: ["critical"], fix: ["yes"] },
      labels: { team: "payments" },
      text: "open ssl 3.0",
      problems: [],
    });
  });

  test.for([
    [
      "an unknown field",
      "colour:red",
      "There is no filter “colour” here. Known are severity, fix, package; put text with a colon in quotes.",
    ],
    ["an unknown value", "fix:maybe", "fix cannot be “maybe”. It is one of yes, no."],
    ["a field without value", "package:", "package: needs a value."],
  ] as const)("says what is wrong with %s and filters by the rest", ([, typed, problem]) => {
    const filter = readFilter(`severity:high ${typed}`, fields);
    expect(filter.problems).toEqual([problem]);
    expect(filter.fields).toEqual({ severity: ["high"] });
  });

  test("an image reference with a tag is text, not a field with a problem, when quoted", () => {
    expect(readFilter('"nginx:1.25"', fields)).toMatchObject({ text: "nginx:1.25", problems: [] });
  });

  test("whatever is typed, it answers and never finds a value outside the known ones", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 2 * filterLengthMax }), (typed) => {
        const filter = readFilter(typed, fields);
        return (filter.fields["fix"] ?? []).every((value) => value === "yes" || value === "no");
      }),
    );
  });

  test("reads back every value that writeWord wrote", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 100 }), (value) => {
        expect(readFilter(writeWord("package", value), fields).fields).toEqual({ package: [value] });
        expect(readFilter(writeWord("label.team", value), fields).labels).toEqual({ team: value });
      }),
    );
  });
});

test("setting a word replaces the old one and keeps the others", () => {
  expect(withWord("severity:high nginx fix:yes", "severity", "critical")).toBe("nginx fix:yes severity:critical");
  expect(withWord("severity:high nginx", "severity", null)).toBe("nginx");
});

describe("completeFilter", () => {
  test("offers fields first and values after the colon", () => {
    expect(completeFilter("nginx sev", fields).map(({ word }) => word)).toEqual(["severity:"]);
    expect(completeFilter("severity:", fields).map(({ word }) => word)).toEqual(["severity:critical", "severity:high"]);
  });

  test("a chosen completion takes the place of the unfinished word", () => {
    const [completion] = completeFilter("nginx severity:c", fields);
    expect(completion && applyCompletion("nginx severity:c", completion)).toBe("nginx severity:critical ");
  });
});
