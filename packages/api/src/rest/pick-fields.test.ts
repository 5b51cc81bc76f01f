import { expect, test } from "vitest";
import { pickFields } from "./pick-fields.ts";

const row = { _id: "a", repoTag: { repo: "web", tag: "1" }, instances: [{ image: "w", host: "n" }], scanTime: "t" };

test.for([
  ["keeps everything when nothing is asked for", undefined, row],
  ["keeps the id beside what is asked for", ["scanTime"], { _id: "a", scanTime: "t" }],
  ["reaches into objects", ["repoTag.tag", "repoTag.repo"], { _id: "a", repoTag: { tag: "1", repo: "web" } }],
  ["reaches into each item of a list", ["instances.host"], { _id: "a", instances: [{ host: "n" }] }],
  ["leaves out what does not exist", ["nothing.here", "__proto__"], { _id: "a" }],
] as const)("%s", ([, fields, picked]) => {
  expect(pickFields(row, fields)).toEqual(picked);
});
