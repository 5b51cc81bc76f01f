import { afterAll, beforeAll, expect, test } from "vitest";
import { startProtectedHost, type ProtectedHost } from "./protected-host.ts";

/** Whoever dies with a job in hand still holds it until its lock runs out, so this takes longer than other deaths. */
let host: ProtectedHost;
let undisturbed = 0;

beforeAll(async () => {
  host = await startProtectedHost();
  await host.bringImage("calm:1");
  undisturbed = await host.settledFindings("calm:1");
});
afterAll(() => host?.stop());

test("workers killed in the middle of a match: the next ones take it up, and the findings are the same", async () => {
  const release = await host.holdTable("vulnerabilities_finding");
  await host.bringImage("workers-killed:1");
  await host.untilSomebodyWaits();
  await host.killPart("workers");
  await release();
  expect(await host.outcomeOf("workers-killed:1")).toEqual({ findings: undisturbed, parked: 0 });
});

test("PostgreSQL killed in the middle of a match: it comes back, and the findings are the same", async () => {
  await host.holdTable("vulnerabilities_finding");
  await host.bringImage("database-killed:1");
  await host.untilSomebodyWaits();
  await host.killPart("postgres");
  expect(await host.outcomeOf("database-killed:1")).toEqual({ findings: undisturbed, parked: 0 });
});
