import type { InventoryPackage } from "@rampart/inspection/contract";
import { expect, test } from "vitest";
import { listChanges, tallyChanges } from "./tally-changes.ts";

const found = (name: string, version: string): InventoryPackage => ({
  name,
  version,
  kind: "os",
  ecosystem: "Debian:12",
  purl: `pkg:deb/debian/${name}@${version}`,
});
const jar = (path: string, version: string): InventoryPackage => ({ ...found("log4j", version), kind: "jar", path });
const lists = {
  added: [found("curl", "8.0"), found("bash", "5.3"), jar("a.jar", "2"), jar("c.jar", "2")],
  removed: [found("bash", "5.2"), jar("a.jar", "1"), jar("b.jar", "1")],
};

test("the same package at the same place with another version is replaced, not added and removed", () => {
  const told = listChanges(lists).map(({ change, package: { name, path }, from }) => [change, name, path, from]);
  expect(told).toEqual([
    ["added", "curl", undefined, undefined],
    ["replaced", "bash", undefined, "5.2"],
    ["replaced", "log4j", "a.jar", "1"],
    ["added", "log4j", "c.jar", undefined],
    ["removed", "log4j", "b.jar", undefined],
  ]);
  expect(tallyChanges(lists)).toEqual({ added: 2, replaced: 2, removed: 1 });
});
