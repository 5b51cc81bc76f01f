import { afterAll, beforeAll, expect, test } from "vitest";
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

async function expectUndisturbed(image: string): Promise<void> {
  expect(await host.outcomeOf(image)).toEqual({ findings: undisturbed, parked: 0 });
}

test.runIf(hasFeeds)("an undisturbed image has the flaws that the published records name", () => {
  expect(undisturbed).toBe(bullseyeFindings);
});

test("the Defender, while it reads the image", async () => {
  await host.bringImage("defender-killed:1");
  await patiently("the start of the analysis", isInspecting, 20_000);
  await host.killPart("defender");
  await expectUndisturbed("defender-killed:1");
});

test("the gateway, with the report in the middle of being stored", async () => {
  const release = await host.holdTable("fleet_frame");
  await host.bringImage("gateway-killed:1");
  await host.untilSomebodyWaits();
  await host.killPart("gateway");
  await release();
  await expectUndisturbed("gateway-killed:1");
});

test("the Console, which the work does not need, and whose sessions outlive it", async () => {
  await host.bringImage("console-killed:1");
  await host.killPart("console");
  await expectUndisturbed("console-killed:1");
});

/** The Defender reads images in a child of its own. */
async function isInspecting(): Promise<boolean> {
  const pid = await host.onebox().pidOf("defender");
  return pid !== null && (await host.onebox().childrenOf(pid)).length > 0;
}
