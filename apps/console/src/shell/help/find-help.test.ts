import { globSync } from "node:fs";
import { dirname } from "node:path";
import { expect, test } from "vitest";
import { findHelp, helpPages } from "./find-help.ts";

const root = new URL("../../app/p/[project]/", import.meta.url).pathname.replaceAll("%5B", "[").replaceAll("%5D", "]");
const routes = globSync("**/page.tsx", { cwd: root })
  .map((file) => dirname(file))
  .map((folder) => (folder === "." ? "" : `/${folder}`))
  .toSorted();

test("every page of a project explains itself", () => {
  expect(routes.length).toBeGreaterThan(15);
  expect(routes.filter((route) => helpPages[route] === undefined)).toEqual([]);
});

test("no help is left behind by a page that is gone", () => {
  expect(Object.keys(helpPages).filter((route) => !routes.includes(route))).toEqual([]);
});

test("a page is found by its address, with an id in it or without", () => {
  expect(findHelp("/p/shop")?.title).toBe("Overview");
  expect(findHelp("/p/shop/vulnerabilities/images/sha256%3Aab")?.title).toBe("One image");
  expect(findHelp("/p/shop/manage/defenders/enrol")?.title).toBe("Enrol a Defender");
});
