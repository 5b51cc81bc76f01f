import { expect, test } from "vitest";
import { environmentFile } from "./systemd.ts";

test("no value can add a line of its own to the environment", () => {
  const file = environmentFile({ gateway: "wss://h:1", token: 'a"\nEVIL=1', pin: "p", folder: "/var/lib/x" });
  expect(file.split("\n").filter((line) => line.startsWith("EVIL"))).toEqual([]);
  expect(file).toContain('RAMPART_ENROL_TOKEN="a\\"EVIL=1"');
});
