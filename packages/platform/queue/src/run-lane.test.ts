import { grantScope } from "@rampart/kernel/grant";
import { Refusal } from "@rampart/kernel";
import type { QueueSettings } from "@rampart/config";
import { jobLedger, rememberJobs } from "@rampart/database/unscoped";
import { randomIds } from "@rampart/database";
import { createLogger } from "@rampart/telemetry";
import { sharedRedis, testDatabase, type TestDatabase } from "@rampart/testing";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { defineJob } from "./define-job.ts";
import { handle } from "./handle.ts";
import { openQueues, type Queues } from "./open-queues.ts";
import { runLane, type RunningLane } from "./run-lane.ts";

const logger = createLogger({ process: "test", level: "silent" });
const waitLong = { timeout: 20_000, interval: 50 };

const greet = defineJob({
  name: "test.greet",
  lane: "upkeep",
  payload: z.object({ who: z.string().max(20) }),
  attempts: 4,
});
const scope = grantScope(randomIds.next(), randomIds.next());

describe.each(["postgres", "redis"] as const)("jobs on %s", (kind) => {
  let db: TestDatabase;
  let settings: QueueSettings;
  let queues: Queues;
  const lanes: RunningLane[] = [];

  beforeAll(async () => {
    db = await testDatabase();
    // A numbered database of its own: other suites run lanes of the same names on the shared server.
    settings = kind === "redis" ? { kind, url: `${(await sharedRedis()).url}/7` } : { kind, url: db.url };
    queues = openQueues(settings);
  });
  afterAll(async () => {
    await Promise.all(lanes.map((lane) => lane.close()));
    await queues.close();
    await db.drop();
  });

  function lane(run: (who: string) => Promise<void>): RunningLane {
    const handlers = [handle(greet, async (_scope, payload) => run(payload.who))];
    const running = runLane({ lane: "upkeep", handlers, queue: settings, ledger: jobLedger(db.database), logger });
    lanes.push(running);
    return running;
  }

  test("asking twice with one id is one piece of work; a failure is tried again, a refusal is not", async () => {
    const seen: string[] = [];
    const running = lane(async (who) => {
      seen.push(who);
      if (who === "flaky" && seen.filter((name) => name === "flaky").length < 2) throw new Error("not yet");
      if (who === "wrong") throw new Refusal("invalid", "test.wrong", "no");
    });
    await queues.enqueue(scope, greet, { who: "ann" }, { id: "a", delayMs: 300 });
    await queues.enqueue(scope, greet, { who: "ann" }, { id: "a", delayMs: 300 });
    await queues.enqueue(scope, greet, { who: "flaky" }, { id: "f" });
    await queues.enqueue(scope, greet, { who: "wrong" }, { id: "w" });
    await vi.waitFor(() => expect(seen.filter((name) => name === "flaky")).toHaveLength(2), waitLong);
    await vi.waitFor(async () => expect(await queues.depth("upkeep")).toBe(0), waitLong);
    expect(seen.filter((name) => name === "ann")).toHaveLength(1);
    expect(seen.filter((name) => name === "wrong")).toHaveLength(1);
    await running.close();
  });

  test("a remembered job is settled when done and parked when refused", async () => {
    const project = await db.newProject();
    const rows = ["done", "refused"].map((who) => {
      const { tenantId, projectId } = project;
      return { tenantId, projectId, id: randomIds.next(), name: greet.name, payload: { who } };
    });
    await db.database.installation((tx) => rememberJobs(tx, rows));
    const running = lane(async (who) => {
      if (who === "refused") throw new Refusal("invalid", "test.refused", "the reason why");
    });
    for (const row of rows) {
      await queues.enqueue(project, greet, { who: row.payload.who }, { id: row.id, ledgerId: row.id });
    }
    await vi.waitFor(async () => {
      const left = await db.ownerQuery<{ error: string; parked: boolean }>(
        "select error, parked_at is not null as parked from platform_job",
      );
      expect(left).toEqual([{ error: "the reason why", parked: true }]);
    }, waitLong);
    await running.close();
  });

  test("refuses a payload that its schema refuses", async () => {
    await expect(queues.enqueue(scope, greet, { who: "x".repeat(21) })).rejects.toThrow();
  });
});
