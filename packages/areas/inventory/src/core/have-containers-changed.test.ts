import { expect, test } from "vitest";
import { haveContainersChanged } from "./have-containers-changed.ts";

const web = { id: "1", state: "running", imageId: "i", name: "web" };

test("the same containers in another order are no change", () => {
  const other = { ...web, id: "2" };
  expect(haveContainersChanged([web, other], [other, web])).toBe(false);
});

test.for([
  ["one more", [web, { ...web, id: "2" }]],
  ["one less", []],
  ["another in its place", [{ ...web, id: "2" }]],
  ["another state", [{ ...web, state: "exited" }]],
  ["another image", [{ ...web, imageId: "j" }]],
] as const)("%s is a change", ([, after]) => {
  expect(haveContainersChanged([web], after)).toBe(true);
});
