import { expect, test } from "vitest";
import { createLog } from "./log.ts";

function written(format: "text" | "json", part: string, line: string): string {
  let text = "";
  createLog(format, (chunk) => (text += chunk)).part(part, line);
  return text;
}

const line =
  '{"time":"2026-01-05T10:00:00.000Z","level":"warn","process":"gateway","msg":"late","defender":"d1","ms":7}';

test("shows a part's structured line with its part, level and fields", () => {
  expect(written("text", "gateway", line)).toBe("10:00:00.000 gateway  warn  late defender=d1 ms=7\n");
});

test("keeps the structure for a collector", () => {
  expect(JSON.parse(written("json", "gateway", line))).toEqual({
    time: "2026-01-05T10:00:00.000Z",
    level: "warn",
    part: "gateway",
    msg: "late",
    defender: "d1",
    ms: 7,
  });
});

test("shows an error's stack below the message", () => {
  const failed = JSON.stringify({
    time: "2026-01-05T10:00:00.000Z",
    level: "error",
    msg: "no",
    err: { stack: "Error: x\n  at y" },
  });
  expect(written("text", "console", failed)).toBe("10:00:00.000 console  error no\n    Error: x\n      at y\n");
});

test("takes what is not structured as a message", () => {
  expect(written("text", "console", "▲ Next.js")).toMatch(/^\d\d:\d\d:\d\d\.\d{3} console {2}info {2}▲ Next\.js\n$/);
  expect(written("text", "console", "{ not json")).toContain("{ not json");
});
