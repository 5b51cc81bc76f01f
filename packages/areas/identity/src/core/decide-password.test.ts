import { expect, test } from "vitest";
import { decidePassword } from "./decide-password.ts";

test.for([
  ["correct horse battery", "accepted"],
  ["short-pass1", "too-short"],
  ["administrator", "is-username"],
  ["aaaaaaaaaaaaaa", "repeats"],
] as const)("judges %s as %s", ([password, decision]) => {
  expect(decidePassword("admin", password)).toBe(decision);
});
