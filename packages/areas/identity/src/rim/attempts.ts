import { Refusal } from "@rampart/kernel";
import type { Attempts } from "../ports.ts";

const failuresMax = 10;
const windowMs = 10 * 60_000;
const keysMax = 10_000;

/** Counts failed sign-ins in the memory of this process; past the limit a name or an address waits. */
export function memoryAttempts(): Attempts {
  const failures = new Map<string, number[]>();
  const recent = (key: string, now: Date) => (failures.get(key) ?? []).filter((at) => now.getTime() - at < windowMs);
  return {
    check(keys, now) {
      if (keys.every((key) => recent(key, now).length < failuresMax)) return;
      const message = `Too many failed sign-ins; please wait ${windowMs / 60_000} minutes.`;
      throw new Refusal("limit", "identity.sign-in.too-many", message);
    },
    failed(keys, now) {
      for (const key of keys) {
        const kept = [...recent(key, now), now.getTime()];
        failures.delete(key); // moves the key to the end, so that the oldest is dropped first
        failures.set(key, kept);
      }
      for (const oldest of failures.keys()) {
        if (failures.size <= keysMax) break;
        failures.delete(oldest);
      }
    },
    succeeded(keys) {
      for (const key of keys) failures.delete(key);
    },
  };
}
