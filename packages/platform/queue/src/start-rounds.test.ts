import { createLogger } from "@rampart/telemetry";
import { expect, test, vi } from "vitest";
import { startRounds } from "./start-rounds.ts";

const logger = createLogger({ process: "test", level: "silent" });
const hourMs = 3_600_000;

test("waking during a round asks for one more, and two rounds never run at once", async () => {
  let atOnce = 0;
  let most = 0;
  let rounds = 0;
  const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const running = startRounds({
    name: "test",
    everyMs: hourMs,
    logger,
    async work() {
      most = Math.max(most, ++atOnce);
      await gates[rounds++]?.promise;
      atOnce -= 1;
    },
  });
  running.wake();
  running.wake();
  expect(rounds).toBe(1);
  gates[0]?.resolve();
  await vi.waitFor(() => expect(rounds).toBe(2));
  gates[1]?.resolve();
  await running.close();
  expect({ rounds, most }).toEqual({ rounds: 2, most: 1 });
});

test("a failed round is tried again after its own pause", async () => {
  let rounds = 0;
  const running = startRounds({
    name: "test",
    everyMs: hourMs,
    retryMs: 1,
    logger,
    async work() {
      rounds += 1;
      if (rounds === 1) throw new Error("not yet");
    },
  });
  await vi.waitFor(() => expect(rounds).toBe(2));
  await running.close();
});
