import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { listDifferences } from "./list-differences.ts";

describe("listDifferences", () => {
  test.for([
    ["a changed value", { a: 1, b: 2 }, { a: 1, b: 3 }, [{ path: "b", before: 2, after: 3 }]],
    ["a value deep inside", { a: [{ b: 1 }] }, { a: [{ b: 2 }] }, [{ path: "a.0.b", before: 1, after: 2 }]],
    ["what was added", {}, { a: 1 }, [{ path: "a", after: 1 }]],
    ["what was removed", { a: null }, {}, [{ path: "a", before: null }]],
    ["a new object as a whole", undefined, { a: 1 }, [{ path: "", after: { a: 1 } }]],
    ["another kind of value", { a: [] }, { a: {} }, [{ path: "a", before: [], after: {} }]],
  ] as const)("tells %s", ([, before, after, differences]) =>
    expect(listDifferences(before, after)).toEqual(differences),
  );

  test("equal values have no difference", () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => listDifferences(value, structuredClone(value)).length === 0));
  });
});
