import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { attachLabels } from "./attach-labels.ts";

describe("attachLabels", () => {
  test.for([
    ["attaches what is declared and present", { team: "payments" }, ["team"], [["team", "payments"]]],
    ["tells upper from lower case", { Team: "payments" }, ["team"], []],
    ["leaves out what the resource does not carry", {}, ["team"], []],
    ["leaves out what is not declared", { team: "payments", tier: "1" }, ["tier"], [["tier", "1"]]],
    ["shows values trimmed", { owner: "  ann@example.com \n" }, ["owner"], [["owner", "ann@example.com"]]],
    ["leaves out a value of spaces", { owner: "  " }, ["owner"], []],
    [
      "keeps the order of declaration",
      { b: "2", a: "1" },
      ["b", "a"],
      [
        ["b", "2"],
        ["a", "1"],
      ],
    ],
    ["does not mistake inherited names for labels", {}, ["constructor", "toString"], []],
  ] as const)("%s", ([, labels, declared, attached]) => {
    expect(attachLabels(labels, declared)).toEqual(attached.map(([name, value]) => ({ name, value })));
  });

  test("never attaches a name that was not declared", () => {
    const texts = fc.string({ maxLength: 20 });
    fc.assert(
      fc.property(fc.dictionary(texts, texts), fc.uniqueArray(texts), (labels, declared) =>
        attachLabels(labels, declared).every(({ name }) => declared.includes(name)),
      ),
    );
  });
});
