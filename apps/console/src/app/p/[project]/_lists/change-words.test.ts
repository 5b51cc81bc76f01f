import { expect, test } from "vitest";
import { changeWords } from "./change-words.ts";

const none = { added: 0, replaced: 0, removed: 0, secrets: 0, complete: true };

test.for([
  [{ added: 3, removed: 1 }, ["3 packages added", "1 removed"]],
  [{ replaced: 1 }, ["1 package replaced"]],
  [{ removed: 1_200, secrets: 1 }, ["1 secret written", "1,200 packages removed"]],
  [{ complete: false }, ["not all could be read"]],
] as const)("%j is told in words", ([counts, words]) => {
  expect(changeWords({ ...none, ...counts })).toEqual(words);
});
