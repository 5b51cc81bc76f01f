import { describe, expect, test } from "vitest";
import { readLabelFilter } from "./label-filter.ts";
import { containsPattern, likePattern } from "./like-pattern.ts";

describe("likePattern", () => {
  test("only the star is a wildcard", () => {
    expect(likePattern("shop/*:1_0%")).toBe(String.raw`shop/%:1\_0\%`);
  });

  test("a search text has no wildcard", () => {
    expect(containsPattern("a*b_c")).toBe(String.raw`%a*b\_c%`);
  });
});

test("a label filter splits at the first equals sign", () => {
  expect(readLabelFilter("team=a=b")).toEqual({ key: "team", value: "a=b" });
  expect(readLabelFilter("team")).toEqual({ key: "team" });
});
