import { expect, test } from "vitest";
import { tidyArguments } from "./tidy-arguments.ts";

test("understands the options of older pipelines and leaves everything after -- alone", () => {
  expect(tidyArguments(["images", "scan", "-address", "x", "-u", "ann", "--details", "--", "-weird"])).toEqual([
    "images",
    "scan",
    "--address",
    "x",
    "--user",
    "ann",
    "--details",
    "--",
    "-weird",
  ]);
});
