import type { DutyStatus } from "@rampart/protocol";

const messageMax = 1_024;

/** What each duty is doing, for the heartbeat. */
export type DutyBoard = Readonly<{
  note(name: string, state: DutyStatus["state"], message?: string): void;
  list(): DutyStatus[];
}>;

export function dutyBoard(): DutyBoard {
  const duties = new Map<string, DutyStatus>();
  return {
    note(name, state, message) {
      const since = duties.get(name)?.state === state ? duties.get(name)?.since : new Date().toISOString();
      duties.set(name, {
        name,
        state,
        ...(message && { message: message.slice(0, messageMax) }),
        ...(since && { since }),
      });
    },
    list: () => [...duties.values()],
  };
}
