import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { unitFile } from "../../../apps/cli/src/defender/systemd.ts";
import { oneboxVariables } from "./config.ts";
import { root } from "./parts/list-parts.ts";

const deploy = path.join(root, "deploy");
const manual = await readFile(path.join(deploy, "README.md"), "utf8");
const rows = new Map(
  [...manual.matchAll(/^\| `([A-Z_]+)` \|([^|]*)\|/gm)].map(([, name = "", shown = ""]) => [name, shown.trim()]),
);

describe("the table of settings", () => {
  test("names every variable that Onebox reads, and no other", () => {
    expect([...rows.keys()].toSorted()).toEqual([...oneboxVariables.keys()].toSorted());
  });

  test("shows the defaults that the code has", () => {
    const shown = [...oneboxVariables].filter(([, value]) => value !== undefined);
    expect(shown.map(([name]) => [name, rows.get(name)])).toEqual(shown.map(([name, value]) => [name, `\`${value}\``]));
  });
});

describe("systemd units", () => {
  test("the Defender's is the one that the command line installs", async () => {
    const unit = await readFile(path.join(deploy, "systemd/rampart-defender.service"), "utf8");
    const installed = unitFile({
      programFolder: "/usr/local/lib/rampart-defender",
      environmentPath: "/etc/rampart/defender.env",
      stateFolder: "/var/lib/rampart-defender",
    });
    expect(withoutComments(unit)).toBe(installed);
  });

  test("set only variables that exist", async () => {
    const names = await readdir(path.join(deploy, "systemd"));
    const unit = await readFile(path.join(deploy, "systemd/rampart.service"), "utf8");
    const set = [...unit.matchAll(/\b(RAMPART_[A-Z_]+)=/g)].map(([, name]) => name);
    expect(names.toSorted()).toEqual(["rampart-defender.service", "rampart.service"]);
    expect(set.filter((name) => !oneboxVariables.has(name ?? ""))).toEqual([]);
  });
});

function withoutComments(text: string): string {
  return text.replaceAll(/^#.*\n/gm, "");
}
