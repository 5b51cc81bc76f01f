import { expect, test } from "vitest";
import { readWhere, toDraft, toSaved, whereProblem } from "./profile-draft.ts";

test("labels are read line by line, their values may contain an equals sign", () => {
  expect(readWhere("team=payments\n\n query = a=b \nhalf")).toEqual({ team: "payments", query: "a=b" });
});

test("a line that is no label is named before it is lost", () => {
  expect(whereProblem("team=payments\nhalf")).toBe("“half” is not of the form name=value.");
  expect(whereProblem("team=payments\n")).toBeUndefined();
});

test("a new profile sends violations at once, of any severity", () => {
  expect(toSaved({ ...toDraft(null, "c"), name: "All" }, undefined)).toMatchObject({
    name: "All",
    channelId: "c",
    factTypes: ["vulnerabilities.rule-violated"],
    severityAtLeast: "unknown",
    where: {},
    periodSeconds: 0,
  });
});
