import fc from "fast-check";
import { expect, test } from "vitest";
import { freeSlug, slugFor } from "./slug.ts";

test.for([
  ["Shop & Co.", "shop-co"],
  ["Zürich", "zu-rich"],
  ["日本", "project"],
] as const)("names %s as %s", ([name, slug]) => {
  expect(slugFor(name)).toBe(slug);
});

test("a slug is always safe in an address", () => {
  fc.assert(fc.property(fc.string(), (name) => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(slugFor(name))));
});

test("a taken slug gets the next free number", () => {
  expect(freeSlug("shop", new Set(["shop", "shop-2"]))).toBe("shop-3");
});
