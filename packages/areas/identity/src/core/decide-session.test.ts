import { expect, test } from "vitest";
import { sessionIdleMs } from "../contract.ts";
import { decideSession } from "./decide-session.ts";

const now = new Date("2026-01-05T12:00:00Z");
const ago = (ms: number) => new Date(now.getTime() - ms);
const later = new Date(now.getTime() + 1);

test.for([
  ["opens while it is used", { kind: "browser", lastSeenAt: ago(sessionIdleMs), expiresAt: later }, "open"],
  ["ends when it was left idle", { kind: "browser", lastSeenAt: ago(sessionIdleMs + 1), expiresAt: later }, "idle"],
  ["ends at its end, used or not", { kind: "browser", lastSeenAt: now, expiresAt: now }, "expired"],
  [
    "an API token has no idle time-out",
    { kind: "token", lastSeenAt: ago(sessionIdleMs + 1), expiresAt: later },
    "open",
  ],
] as const)("%s", ([, session, decision]) => {
  expect(decideSession(session, now)).toBe(decision);
});
