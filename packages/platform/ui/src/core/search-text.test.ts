import { expect, test } from "vitest";
import { changeSearch, readSort, writeSort } from "./search-text.ts";

test("a change keeps the other keys and null removes one", () => {
  expect(changeSearch("q=nginx&offset=50", { offset: null, sort: "-critical" })).toBe("?q=nginx&sort=-critical");
  expect(changeSearch("?q=nginx", { q: "" })).toBe("");
});

test("a sort reads back as it was written", () => {
  for (const sort of [
    { key: "name", reverse: false },
    { key: "critical", reverse: true },
  ]) {
    expect(readSort(writeSort(sort))).toEqual(sort);
  }
  expect(readSort("-")).toBeNull();
});
