import { passwordLengthMin as identityLengthMin } from "@rampart/identity/contract";
import { expect, test } from "vitest";
import { passwordLengthMin, passwordProblem } from "./password-rules.ts";

test("the browser asks for as many characters as the identity area does", () => {
  expect(passwordLengthMin).toBe(identityLengthMin);
  expect(passwordProblem("x".repeat(passwordLengthMin - 1))).toBe("1 more character.");
  expect(passwordProblem("x".repeat(passwordLengthMin))).toBeUndefined();
});
