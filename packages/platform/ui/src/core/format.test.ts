import { expect, test } from "vitest";
import { formatBytes, formatChance, formatCounted, formatExact, formatRelative, shortenDigest } from "./format.ts";

const now = new Date("2026-11-25T04:30:00Z");
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);

test.for([
  [2, "just now"],
  [59, "59 seconds ago"],
  [60, "1 minute ago"],
  [3599, "59 minutes ago"],
  [86_400, "1 day ago"],
  [86_400 * 90, "2 months ago"],
  [86_400 * 800, "2 years ago"],
  [-7200, "in 2 hours"],
] as const)("%i seconds before now reads as “%s”", ([seconds, words]) => {
  expect(formatRelative(ago(seconds), now)).toBe(words);
});

test("numbers carry their unit and keep small chances visible", () => {
  expect(formatCounted(1, "image")).toBe("1 image");
  expect(formatCounted(1204, "image")).toBe("1,204 images");
  expect(formatBytes(7_800_000)).toBe("7.8 MB");
  expect(formatBytes(999)).toBe("999 B");
  expect(formatChance(0.0004)).toBe("<0.1 %");
  expect(formatChance(0.944)).toBe("94 %");
});

test("digests are shortened to twelve characters, times named with their zone", () => {
  expect(shortenDigest(`sha256:${"ab".repeat(32)}`)).toBe("abababababab");
  expect(formatExact(now)).toBe("2026-11-25 04:30:00 UTC");
});
