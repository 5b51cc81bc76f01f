import { expect, test } from "vitest";
import { memoryAttempts } from "./attempts.ts";

test("the eleventh guess within ten minutes is refused, and allowed again afterwards", () => {
  const attempts = memoryAttempts();
  const now = new Date("2026-01-05T10:00:00Z");
  for (let guess = 0; guess < 10; guess += 1) {
    attempts.check(["name ann"], now);
    attempts.failed(["name ann"], now);
  }
  expect(() => attempts.check(["name ann"], now)).toThrow(/Too many/);
  expect(() => attempts.check(["name bob"], now)).not.toThrow();
  expect(() => attempts.check(["name ann"], new Date(now.getTime() + 600_001))).not.toThrow();
});
