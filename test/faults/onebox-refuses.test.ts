import { execFileSync } from "node:child_process";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { launchOnebox } from "../servers/onebox.ts";
import { makeScratch } from "../servers/scratch.ts";

/** Starts Onebox, expects it to end by itself, and gives its exit code and words. */
async function refused(env: Record<string, string>): Promise<{ code: number | null; output: string }> {
  const launched = await launchOnebox({ dataDir: path.join(scratch.path, "data"), env });
  expect(await launched.ready).toBeNull();
  return { code: await launched.ended, output: launched.output() };
}

let scratch: Awaited<ReturnType<typeof makeScratch>>;
beforeEach(async () => void (scratch = await makeScratch("refuses")));
afterEach(() => scratch.remove());

test("a port that another program holds: names the variable and the program", async () => {
  const { server, port } = await occupyPort();
  const { code, output } = await refused({ RAMPART_GATEWAY_PORT: String(port) });
  server.close();
  expect(output).toMatch(
    new RegExp(`RAMPART_GATEWAY_PORT: port ${port} is in use by \\S+ \\(process ${process.pid}\\)`),
  );
  expect(code).toBe(2);
});

test("a data directory of a newer version: names both versions and leaves it as it was", async () => {
  await mkdir(path.join(scratch.path, "data"));
  await writeFile(path.join(scratch.path, "data", "version.json"), '{"rampart":"99.0.0"}');
  const { code, output } = await refused({});
  expect(output).toMatch(/used by Rampart 99\.0\.0, which is newer than this version \(\d+\.\d+\.\d+\)/);
  expect(code).toBe(2);
});

test("several wrong variables: names them all", async () => {
  const { code, output } = await refused({ RAMPART_BIND: "everywhere", RAMPART_CONSOLE_PORT: "http" });
  expect(output).toMatch(/RAMPART_BIND: [\s\S]*RAMPART_CONSOLE_PORT: /);
  expect(code).toBe(2);
});

test.runIf(process.getuid?.() === 0)("a full disk: says how much is free and how much is needed", async () => {
  const folder = path.join(scratch.path, "data");
  await mkdir(folder);
  execFileSync("mount", ["-t", "tmpfs", "-o", "size=50m", "tmpfs", folder]);
  try {
    const { code, output } = await refused({});
    expect(output).toMatch(/Only \d+ MB are free on the disk of .*; Rampart needs 256 MB/);
    expect(code).toBe(2);
  } finally {
    execFileSync("umount", [folder]);
    await rm(folder, { recursive: true });
  }
});

function occupyPort(): Promise<{ server: Server; port: number }> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      resolve({ server, port: typeof address === "object" && address !== null ? address.port : 0 });
    });
  });
}
