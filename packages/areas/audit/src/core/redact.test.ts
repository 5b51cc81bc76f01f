import { expect, test } from "vitest";
import { redact } from "./redact.ts";

test("secrets never reach the audit, at any depth", () => {
  const change = { name: "siem", settings: { password: "x", list: [{ apiToken: "y" }] }, at: new Date(0) };
  expect(redact(change)).toEqual({
    name: "siem",
    settings: { password: "***", list: [{ apiToken: "***" }] },
    at: "1970-01-01T00:00:00.000Z",
  });
});
