// oxlint-disable-next-line rampart/no-sleep-in-tests -- how long the database is away is what the test is about
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { patiently } from "./patiently.ts";
import { startProtectedHost, type ProtectedHost } from "./protected-host.ts";

const awayMs = 30_000;
let host: ProtectedHost;
let undisturbed = 0;

beforeAll(async () => {
  host = await startProtectedHost();
  await host.bringImage("calm:1");
  undisturbed = await host.settledFindings("calm:1");
});
afterAll(() => host?.stop());

const expectUndisturbed = async (image: string) =>
  expect(await host.outcomeOf(image)).toEqual({ findings: undisturbed, parked: 0 });

test("PostgreSQL silent for 30 s while an image comes: nothing is lost, and no part had to be started again", async () => {
  const parts = ["workers", "gateway", "console", "defender"] as const;
  const before = await Promise.all(parts.map((part) => host.onebox().pidOf(part)));
  const server = await patiently("PostgreSQL", () => host.onebox().pidOf("postgres"), 10_000);
  const all = [server, ...(await host.onebox().childrenOf(server))];
  for (const pid of all) process.kill(pid, "SIGSTOP");
  await host.bringImage("database-silent:1");
  await pause(awayMs);
  for (const pid of all) process.kill(pid, "SIGCONT");
  await expectUndisturbed("database-silent:1");
  expect(await Promise.all(parts.map((part) => host.onebox().pidOf(part)))).toEqual(before);
});
