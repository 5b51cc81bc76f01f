import { readFile, readdir, readlink } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { patiently } from "./patiently.ts";
import { startProtectedHost, type ProtectedHost } from "./protected-host.ts";

const secondStartMaxSeconds = 10;
let host: ProtectedHost;
let undisturbed = 0;

beforeAll(async () => {
  host = await startProtectedHost();
  await host.bringImage("calm:1");
  undisturbed = await host.settledFindings("calm:1");
});
afterAll(() => host?.stop());

test("a supervisor killed in the middle of a match takes everything with it; the next start finishes the match", async () => {
  await host.holdTable("vulnerabilities_finding");
  await host.bringImage("supervisor-killed:1");
  await host.untilSomebodyWaits();
  const before = await processesOf(host.onebox().dataDir);
  expect(before.length).toBeGreaterThanOrEqual(5);
  const again = await host.startAgain();
  expect(again.readySeconds).toBeLessThan(secondStartMaxSeconds);
  const after = new Set(await processesOf(host.onebox().dataDir));
  expect(before.filter((pid) => after.has(pid))).toEqual([]);
  expect(await host.outcomeOf("supervisor-killed:1")).toEqual({ findings: undisturbed, parked: 0 });
});

test("the Defender of this host is the same as before, and connected", async () => {
  const connected = await patiently("the Defender", connectedDefenders, 30_000);
  expect(connected).toHaveLength(1);
});

test("a start after a clean stop, without changes, is ready in less than 10 s", async () => {
  await host.onebox().stop();
  const again = await host.startAgain();
  expect(again.readySeconds).toBeLessThan(secondStartMaxSeconds);
  expect(again.setupUrl).toBeNull();
  expect(await host.findingsOf("supervisor-killed:1")).toBe(undisturbed);
});

async function connectedDefenders() {
  const rows = await host.rest.get<{ hostname: string; connected: boolean }>("/defenders");
  return rows.some((row) => row.connected) && rows;
}

/** Whoever works in the data directory, or was told of it on its command line or in its environment. */
async function processesOf(dataDir: string): Promise<readonly number[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  const all = await Promise.all(pids.map(async (pid) => [pid, await placesOf(pid)] as const));
  return all.filter(([, places]) => places.includes(dataDir)).map(([pid]) => Number(pid));
}

async function placesOf(pid: string): Promise<string> {
  const texts = await Promise.all([
    readlink(`/proc/${pid}/cwd`).catch(() => ""),
    readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => ""),
    readFile(`/proc/${pid}/environ`, "utf8").catch(() => ""),
  ]);
  return texts.join("\n");
}
