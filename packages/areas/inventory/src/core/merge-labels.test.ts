import fc from "fast-check";
import { labelsMax } from "@rampart/kernel";
import { expect, test } from "vitest";
import { mergeLabels } from "./merge-labels.ts";

test.for([
  ["an image without containers keeps its own", { team: "a" }, [], { team: "a" }],
  ["a container adds what the image does not say", { team: "a" }, [{ owner: "ann" }], { team: "a", owner: "ann" }],
  ["what a container inherits is said once", { team: "a" }, [{ team: "a" }, { team: "a" }], { team: "a" }],
  ["two owners are both named", {}, [{ owner: "ann" }, { owner: "bob" }], { owner: "ann,bob" }],
] as const)("%s", ([, own, ofContainers, merged]) => {
  expect(mergeLabels(own, ofContainers)).toEqual(merged);
});

test("never has more labels than a resource may have, and never loses the image's own", () => {
  const labels = fc.dictionary(fc.string({ minLength: 1 }), fc.string(), { maxKeys: 200 });
  fc.assert(
    fc.property(labels, fc.array(labels, { maxLength: 4 }), (own, ofContainers) => {
      const merged = mergeLabels(own, ofContainers);
      expect(Object.keys(merged).length).toBeLessThanOrEqual(labelsMax);
      expect(Object.keys(own).every((key) => Object.hasOwn(merged, key))).toBe(true);
    }),
  );
});
