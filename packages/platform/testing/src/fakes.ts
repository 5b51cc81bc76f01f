import { permissions, type Caller, type Clock, type Permission } from "@rampart/kernel";

/** A caller with the permissions named, or all of them. */
export function testCaller(granted: readonly Permission[] = permissions): Caller {
  return { kind: "user", id: "00000000-0000-7000-8000-0000000000aa", name: "tester", permissions: new Set(granted) };
}

/** A clock that moves only when told to. */
export function testClock(start = new Date("2026-01-05T10:00:00.000Z")): Clock & { advance(ms: number): void } {
  let nowMs = start.getTime();
  return { now: () => new Date(nowMs), advance: (ms) => void (nowMs += ms) };
}
