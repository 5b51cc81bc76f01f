import fc from "fast-check";
import { expect, test } from "vitest";
import { given, labelFilter, readListSearch, rowsPerPage } from "./list-search.ts";

const expected = {
  fields: [{ name: "fix", hint: "a fix exists", values: ["yes", "no"] }],
  sorts: ["name", "risk"],
  defaultSort: { key: "risk", reverse: true },
} as const;

test("an address says the whole view", () => {
  const search = readListSearch(
    { q: "fix:yes label.team=pay nginx", sort: "-name", offset: "50", open: "x" },
    expected,
  );
  expect(search).toMatchObject({ sort: "name", reverse: true, offset: 50, limit: rowsPerPage, open: "x" });
  expect(search.filter).toMatchObject({ fields: { fix: ["yes"] }, text: "nginx" });
  expect(labelFilter(search.filter)).toBe("team=pay");
});

test("whatever stands in an address, the view stays within its bounds", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom("q", "sort", "offset", "limit", "open"), fc.string()), (address) => {
      const { sort, offset, limit } = readListSearch(address, expected);
      return expected.sorts.includes(sort) && offset >= 0 && limit >= 1 && limit <= 250;
    }),
  );
});

test("what is not asked is not sent", () => {
  expect(given({ search: "", fixable: undefined, cve: "CVE-1" })).toEqual({ cve: "CVE-1" });
});
