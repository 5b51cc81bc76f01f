import { expect, test } from "vitest";
import { table } from "./table.ts";

test("columns are as wide as their widest cell", () => {
  expect(table(["CVE", "FIX"], [["CVE-2021-44228", "2.15.0"]])).toBe("CVE             FIX\nCVE-2021-44228  2.15.0");
});
