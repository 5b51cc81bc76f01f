import { afterAll, beforeAll, expect, test } from "vitest";
import { startProtectedHost, type ProtectedHost } from "./protected-host.ts";

/** A dead worker still holds its job until the lock runs out, so this takes longer than the death of other parts. */
const lockAndSomeMs = 75_000;
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
  expect(await host.outcomeOf("workers-killed:1", lockAndSomeMs)).toEqual({ findings: undisturbed, parked: 0 });
});
