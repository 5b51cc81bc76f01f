import { expect, test } from "vitest";
import { measureWriteVerbs } from "../../packages/tooling/src/score/measure-verbs.ts";
import { percentile, placesOf } from "../../packages/tooling/src/score/places-of-commit.ts";
import { holds, measureScorecard } from "../../packages/tooling/src/score/scorecard.ts";

test("the working tree keeps every limit of the scorecard", async () => {
  const broken = (await measureScorecard()).filter((row) => !holds(row));
  expect(broken.map(({ what, now, limit, where }) => ({ what, now, limit, where: where.slice(0, 20) }))).toEqual([]);
});

test("a write verb without permission, audit entry and compulsory tests is counted as incomplete", () => {
  const path = "packages/areas/fleet/src/verbs/retire.ts";
  const bare = { path, text: "return ctx.unit(work);", tests: "", findings: ["no permission", "no audit entry"] };
  expect(measureWriteVerbs([bare])[0]?.missing).toEqual([...bare.findings, "test: does not see another project"]);
  const text = 'ctx.require("fleet.write"); return ctx.unit(({ audit }) => audit.record("x"));';
  const untested = { path, text, tests: "", findings: [] };
  expect(measureWriteVerbs([untested])[0]?.missing).toHaveLength(2);
  const whole = { ...untested, tests: "refuses without permission; does not see another project" };
  expect(measureWriteVerbs([whole])[0]?.missing).toEqual([]);
  expect(measureWriteVerbs([{ ...whole, text: "return ctx.read(work);" }])).toEqual([]);
});

test("a change that touches schema, area and screen touches three places", () => {
  const paths = [
    "prisma/schema/fleet.prisma",
    "packages/areas/fleet/src/index.ts",
    "packages/areas/fleet/src/ports.ts",
    "apps/console/src/app/page.tsx",
    "README.md",
  ];
  expect(placesOf(paths)).toEqual(["prisma", "packages/areas/fleet", "apps/console"]);
});

test("nine files of ten are not longer than the 90th percentile", () => {
  expect(percentile([10, 20, 30, 40, 50, 60, 70, 80, 90, 1000], 0.9)).toBe(90);
});
