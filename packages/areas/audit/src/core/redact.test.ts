import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { redact } from "./redact.ts";

describe("redact", () => {
  test.for([
    ["a password", { password: "hunter2" }, { password: "***" }],
    ["a secret deep inside", { a: [{ clientKey: "pem" }] }, { a: [{ clientKey: "***" }] }],
    ["keys in other spellings", { "API-Key": "x", auth_token: "y" }, { "API-Key": "***", auth_token: "***" }],
    ["a whole object of credentials", { credentials: { user: "a", pass: "b" } }, { credentials: "***" }],
    ["bytes", { file: new Uint8Array([1]) }, { file: "***" }],
  ] as const)("hides %s", ([, given, shown]) => expect(redact(given)).toEqual(shown));

  test.for([
    ["names and ids of secrets", { tokenId: "1", secretsStored: ["clientKey"], tokenHash: "ab" }],
    ["that there is no secret", { password: null, token: "" }],
    ["a flag about a secret", { hasPassword: true }],
    ["everything else", { name: "x", ports: [1, 2], on: false }],
  ] as const)("shows %s", ([, given]) => expect(redact(given)).toEqual(given));

  test("leaves nothing under a secret key, whatever it is wrapped in", () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: fc.constantFrom("a", "b", "c"), minLength: 1 }), { maxLength: 5 }),
        (path) => {
          const wrapped = path.reduceRight<unknown>((inner, key) => ({ [key]: [inner] }), { password: "needle" });
          return !JSON.stringify(redact(wrapped)).includes("needle");
        },
      ),
    );
  });
});
