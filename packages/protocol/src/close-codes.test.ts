import fc from "fast-check";
import { expect, test } from "vitest";
import { readCloseReason, returnDelayMaxMs, toCloseReason } from "./close-codes.ts";
import { hashOfPolicy, readPolicySnapshot, toPolicySnapshot } from "./policy-codec.ts";
import { DefenderPolicy } from "./frames/policy.ts";
import { agreeVersion } from "./version.ts";

test("a reason fits a close frame, and its delay comes back", () => {
  fc.assert(
    fc.property(fc.option(fc.nat(returnDelayMaxMs)), fc.string(), (returnAfterMs, text) => {
      const reason = toCloseReason({ returnAfterMs, text });
      expect(new TextEncoder().encode(reason).length).toBeLessThanOrEqual(123);
      expect(readCloseReason(reason).returnAfterMs).toBe(returnAfterMs);
    }),
  );
});

test.for([
  ["999999999 later", returnDelayMaxMs],
  ["- never", null],
  ["plain text", null],
  ["", null],
] as const)("the reason %j asks to return after %j ms", ([reason, delay]) => {
  expect(readCloseReason(reason).returnAfterMs).toBe(delay);
});

test("a policy that was altered on the way is not read", () => {
  const snapshot = toPolicySnapshot(DefenderPolicy.parse({}));
  expect(readPolicySnapshot(snapshot)).toMatchObject({ ok: true });
  expect(readPolicySnapshot({ ...snapshot, body: snapshot.body.replace("15", "16") })).toMatchObject({ ok: false });
});

test("a policy of a newer gateway is read without what is unknown", () => {
  const newer = {
    type: "policy.snapshot",
    ...withHash(JSON.stringify({ heartbeatSeconds: 30, novelty: true })),
  } as const;
  expect(readPolicySnapshot(newer)).toMatchObject({ ok: true, frame: { heartbeatSeconds: 30 } });
});

function withHash(body: string) {
  return { body, hash: hashOfPolicy(body) };
}

test("the best version in common is agreed on, or none", () => {
  expect(agreeVersion([7, 1])).toBe(1);
  expect(agreeVersion([7])).toBeNull();
});
