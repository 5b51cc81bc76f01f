import { expect, test } from "vitest";
import { beginningOf, ecosystemKeyOf, inventoriedAs } from "./ecosystem-key.ts";

test.for([
  ["Ubuntu:22.04:LTS", "Ubuntu:22.04"],
  ["Ubuntu:Pro:22.04:LTS", "Ubuntu:Pro:22.04"],
  ["Red Hat:enterprise_linux:9::appstream", "Red Hat:enterprise_linux:9"],
  ["Red Hat:enterprise_linux:8.6", "Red Hat:enterprise_linux:8"],
  ["Red Hat:rhel_eus:9.2::appstream", "Red Hat:rhel_eus:9.2::appstream"],
  ["SUSE:Linux Enterprise Module for Basesystem 15 SP5", "SUSE:Linux Enterprise Server 15 SP5"],
  ["SUSE:Linux Enterprise Server for SAP Applications 12", "SUSE:Linux Enterprise Server 12"],
  ["SUSE:Linux Enterprise Server 15 SP3-LTSS", "SUSE:Linux Enterprise Server 15 SP3-LTSS"],
  ["openSUSE:Leap 15.5", "openSUSE:Leap 15.5"],
  ["Debian:12", "Debian:12"],
  ["npm", "npm"],
] as const)("%s meets its packages as %s", ([ecosystem, key]) => {
  expect(ecosystemKeyOf(ecosystem)).toBe(key);
  expect(ecosystemKeyOf(key)).toBe(key);
  expect(ecosystem.startsWith(beginningOf(key))).toBe(true);
});

test("whatever an inventory writes leads to the key, and the key back to it", () => {
  const written = ["Ubuntu:22.04:LTS", "Ubuntu:24.10", "SUSE:Linux Enterprise Desktop 15 SP5", "Debian:12", "npm"];
  for (const ecosystem of written) expect(inventoriedAs(ecosystemKeyOf(ecosystem))).toContain(ecosystem);
});
