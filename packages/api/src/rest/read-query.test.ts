import { expect, test } from "vitest";
import { readQuery } from "./read-query.ts";

test.for([
  ["?limit=50&offset=0", { limit: "50", offset: "0" }],
  ["??limit=50&offset=0", { limit: "50", offset: "0" }],
  ["?filterBaseImage=true?limit=50&offset=0", { filterBaseImage: "true", limit: "50", offset: "0" }],
  ["?limit=50&limit=10", { limit: "50" }],
  ["?collections=a&collections=b", { collections: "a,b" }],
  ["?from=&to=2026-01-01", { to: "2026-01-01" }],
  ["?imageName=shop%252Fweb%253A1", { imageName: "shop/web:1" }],
  ["?search=100%25", { search: "100%" }],
  ["?project=Central+Console", { project: "Central Console" }],
] as const)("reads %s", ([search, values]) => {
  expect(readQuery(search)).toEqual(values);
});
