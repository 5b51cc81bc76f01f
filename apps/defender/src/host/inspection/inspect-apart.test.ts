import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Outage, Refusal } from "@rampart/kernel";
import { decodeReport } from "@rampart/protocol";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { inspectChildFile } from "../../own-files.ts";
import { inspectApart } from "./inspect-apart.ts";
import type { InspectionOrder } from "./order.ts";

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(path.join(tmpdir(), "apart-"))));
afterEach(() => rm(folder, { recursive: true, force: true }));

const host = { hostname: "node", kernel: "6.1", architecture: "amd64", cpuCount: 1, memoryBytes: 1, engine: null };
const never = new AbortController().signal;

function order(root: string): InspectionOrder {
  return {
    request: { source: { kind: "root-folder", path: root } },
    report: { type: "host.inventory", at: "2026-01-05T10:00:00.000Z", host },
    file: path.join(folder, "report"),
  };
}

/** A program in place of the child, to see what its parent makes of it. */
async function childThat(source: string): Promise<string> {
  const file = path.join(folder, "child.cjs");
  await writeFile(file, source);
  return file;
}

describe("inspectApart", () => {
  test("leaves a report in the file that the gateway will be able to read", async () => {
    const root = path.join(folder, "root");
    await mkdir(path.join(root, "var/lib/dpkg"), { recursive: true });
    await mkdir(path.join(root, "etc"));
    await writeFile(path.join(root, "etc/os-release"), "ID=debian\nVERSION_ID=12\nPRETTY_NAME=Debian\n");
    const status = "Package: bash\nStatus: install ok installed\nArchitecture: amd64\nVersion: 5.2-1\n";
    await writeFile(path.join(root, "var/lib/dpkg/status"), status);
    const asked = order(root);
    expect(await inspectApart(asked, { entry: inspectChildFile, signal: never })).toMatchObject({ packages: 1 });
    const report = await decodeReport(await readFile(asked.file));
    expect(report).toMatchObject({ ok: true, frame: { ...asked.report, inventory: { packages: [{ name: "bash" }] } } });
  });

  test("what can never be inspected is a refusal", async () => {
    const asked = inspectApart(order(path.join(folder, "nothing")), { entry: inspectChildFile, signal: never });
    await expect(asked).rejects.toBeInstanceOf(Refusal);
  });

  test.for([
    ["a child that dies", "process.once('message', () => process.kill(process.pid, 'SIGKILL'))", Outage],
    ["a child that cannot start", "throw new Error('broken')", Outage],
    ["a child that speaks nonsense", "process.once('message', () => process.send({ type: 'hm' }))", Outage],
    ["a child that takes too long", "process.once('message', () => setInterval(() => {}, 1000))", Refusal],
  ] as const)("%s is told apart", async ([, source, kind]) => {
    const settings = { entry: await childThat(source), signal: never, timeoutMs: 2_000 };
    await expect(inspectApart(order(folder), settings)).rejects.toBeInstanceOf(kind);
  });

  test("nothing of the Defender's environment reaches the child", async () => {
    process.env["RAMPART_ENROL_TOKEN"] = "secret";
    const told =
      "process.once('message', () => process.send({ type: 'failed', message: JSON.stringify(process.env) }))";
    const asked = inspectApart(order(folder), { entry: await childThat(told), signal: never });
    await expect(asked).rejects.not.toThrow(/RAMPART_ENROL_TOKEN/);
    delete process.env["RAMPART_ENROL_TOKEN"];
  });
});
