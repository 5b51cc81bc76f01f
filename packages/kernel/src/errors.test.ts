import { expect, test } from "vitest";
import { z } from "zod";
import { messageOf } from "./errors.ts";

test("whatever was thrown becomes one line that people can read", () => {
  const { error } = z.object({ libraries: z.record(z.string(), z.string()) }).safeParse({});
  expect(messageOf(error)).toMatch(/expected record, received undefined.*at libraries/);
  expect(messageOf(error)).not.toContain("\n");
  expect([messageOf(new Error("no")), messageOf("no")]).toEqual(["no", "no"]);
});
