import { expect, test } from "vitest";
import { readDigest, toDigest } from "./failure.ts";

test("a sentence for the asker survives the way through the digest", () => {
  expect(readDigest(toDigest("FORBIDDEN", "You may not | read this."))).toEqual({
    kind: "forbidden",
    message: "You may not | read this.",
    code: undefined,
  });
});

test("a foreign digest is a defect whose code can be quoted", () => {
  expect(readDigest("1234567")).toEqual({ kind: "defect", message: null, code: "1234567" });
  expect(readDigest(undefined).kind).toBe("defect");
});
