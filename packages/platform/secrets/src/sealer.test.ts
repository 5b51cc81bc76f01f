import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { sealerFromKey } from "./sealer.ts";
import { hashToken, newToken, sameText } from "./token.ts";

const sealer = sealerFromKey(randomBytes(32));

test("opens what it sealed and nothing that was altered", () => {
  const sealed = sealer.seal("s3cret");
  expect(Buffer.from(sealer.open(sealed)).toString()).toBe("s3cret");
  const altered = `${sealed.slice(0, -2)}${sealed.endsWith("AA") ? "BB" : "AA"}`;
  expect(() => sealer.open(altered)).toThrow();
  expect(() => sealerFromKey(randomBytes(32)).open(sealed)).toThrow();
});

test("seals the same text differently each time", () => {
  expect(sealer.seal("x")).not.toBe(sealer.seal("x"));
});

test("tokens differ, hash to 64 hexadecimal digits and compare by content", () => {
  expect(newToken()).not.toBe(newToken());
  expect(hashToken("a")).toMatch(/^[0-9a-f]{64}$/);
  expect(sameText("a", "a")).toBe(true);
  expect(sameText("a", "ab")).toBe(false);
});
