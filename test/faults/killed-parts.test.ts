import { afterAll, beforeAll, expect, test } from "vitest";
import type { PartName } from "../servers/onebox.ts";
import { patiently } from "./patiently.ts";
import { bullseyeFindings, hasFeeds, startProtectedHost, type ProtectedHost } from "./protected-host.ts";

/** Each part dies by SIGKILL with a new image half way through it. The findings are those of an undisturbed image. */
let host: ProtectedHost;
let undisturbed = 0;

beforeAll(async () => {
  host = await startProtectedHost();
  await host.bringImage("calm:1");
  undisturbed = await host.settledFindings("calm:1");
});
afterAll(() => host?.stop());

async function kill(part: PartName): Promise<void> {
  const pid = await patiently(part, () => host.onebox().pidOf(part), 10_000);
  process.kill(pid, "SIGKILL");
  await patiently(
    `a new ${part}`,
    async () => {
      const now = await host.onebox().pidOf(part);
      return now !== null && now !== pid;
    },
    20_000,
  );
}

async function expectNothingLost(image: string): Promise<void> {
  expect(await host.settledFindings(image)).toBe(undisturbed);
  await patiently("the end of all jobs", async () => (await host.jobsLeft()).open === 0, 60_000);
  expect((await host.jobsLeft()).parked).toBe(0);
}

test.runIf(hasFeeds)("an undisturbed image has the flaws that the published records name", () => {
  expect(undisturbed).toBe(bullseyeFindings);
});

test("the Defender, while it reads the image", async () => {
  await host.bringImage("defender-killed:1");
  await patiently("the start of the analysis", () => isInspecting(), 20_000);
  await kill("defender");
  await expectNothingLost("defender-killed:1");
});

test("the gateway, with the report in the middle of being stored", async () => {
  const release = await host.holdTable("fleet_frame");
  await host.bringImage("gateway-killed:1");
  await host.untilSomebodyWaits();
  await kill("gateway");
  await release();
  await expectNothingLost("gateway-killed:1");
});

test("the Console, which the work does not need, and whose sessions outlive it", async () => {
  await host.bringImage("console-killed:1");
  await kill("console");
  await expectNothingLost("console-killed:1");
});

test("the workers, with the match in the middle of being stored", async () => {
  const release = await host.holdTable("vulnerabilities_finding");
  await host.bringImage("workers-killed:1");
  await host.untilSomebodyWaits();
  await kill("workers");
  await release();
  await expectNothingLost("workers-killed:1");
});

/** The Defender reads images in a child of its own. */
async function isInspecting(): Promise<boolean> {
  const pid = await host.onebox().pidOf("defender");
  return pid !== null && (await host.onebox().hasChildren(pid));
}
