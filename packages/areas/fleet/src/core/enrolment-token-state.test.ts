import fc from "fast-check";
import { expect, test } from "vitest";
import { enrolmentTokenState } from "./enrolment-token-state.ts";

const at = (ms: number) => new Date(ms);

test.for([
  ["open until the moment it expires", { expiresAt: at(10), usedAt: null, revokedAt: null }, 9, "open"],
  ["expired from that moment on", { expiresAt: at(10), usedAt: null, revokedAt: null }, 10, "expired"],
  ["used stays used after it has expired", { expiresAt: at(10), usedAt: at(5), revokedAt: null }, 99, "used"],
  ["revoked before it expires", { expiresAt: at(10), usedAt: null, revokedAt: at(3) }, 4, "revoked"],
] as const)("%s", ([, token, now, state]) => {
  expect(enrolmentTokenState(token, at(now))).toBe(state);
});

test("a token that was used or revoked never becomes open again", () => {
  const times = fc.nat(1000).map(at);
  fc.assert(
    fc.property(times, fc.option(times), fc.option(times), times, (expiresAt, usedAt, revokedAt, now) => {
      const state = enrolmentTokenState({ expiresAt, usedAt, revokedAt }, now);
      return state !== "open" || (usedAt === null && revokedAt === null && now < expiresAt);
    }),
  );
});
