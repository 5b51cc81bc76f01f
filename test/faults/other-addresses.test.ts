import { execFileSync } from "node:child_process";
import { chmod, chown, mkdir, readFile, stat } from "node:fs/promises";
import { request } from "node:https";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { prepareOnebox, startOnebox } from "../servers/onebox.ts";
import { makeScratch } from "../servers/scratch.ts";

const isRoot = process.getuid?.() === 0;
let scratch: Awaited<ReturnType<typeof makeScratch>>;

beforeAll(async () => {
  prepareOnebox();
  scratch = await makeScratch("elsewhere");
  // mkdtemp lets nobody else pass.
  await chmod(scratch.path, 0o711);
});
afterAll(() => scratch?.remove());

test("on every address: HTTPS with a certificate of the installation's own CA, and no plain HTTP", async () => {
  await using running = new AsyncDisposableStack();
  const onebox = await startOnebox({ dataDir: path.join(scratch.path, "open"), env: { RAMPART_BIND: "0.0.0.0" } });
  running.defer(async () => void (await onebox.stop()));
  expect(onebox.consoleUrl).toMatch(/^https:/);
  const { port } = new URL(onebox.consoleUrl);
  const ca = await readFile(path.join(onebox.dataDir, "tls/authority.crt"), "utf8");
  expect(await ping(`https://127.0.0.1:${port}/api/v1/_ping`, ca)).toBe(200);
  expect(await ping(`https://localhost:${port}/api/v1/_ping`, ca)).toBe(200);
  await expect(ping(`https://127.0.0.1:${port}/api/v1/_ping`)).rejects.toThrow(/self-signed|unable to/);
  await expect(fetch(`http://127.0.0.1:${port}/api/v1/_ping`)).rejects.toThrow();
  expect((await stat(path.join(onebox.dataDir, "tls/console.key"))).mode & 0o077).toBe(0);
});

test.runIf(isRoot)("as a user who is not root: everything but the Defender runs, in files of that user", async () => {
  await using running = new AsyncDisposableStack();
  const ids = { uid: idOf("-u"), gid: idOf("-g") };
  const home = path.join(scratch.path, "nobody");
  await mkdir(home);
  await chown(home, ids.uid, ids.gid);
  const onebox = await startOnebox({ dataDir: path.join(home, "data"), env: { HOME: home, TMPDIR: home }, ids });
  running.defer(async () => void (await onebox.stop()));
  expect(onebox.output()).toContain("no Defender of this host: that needs Linux and root");
  expect((await fetch(`${onebox.consoleUrl}/api/v1/_ping`)).status).toBe(200);
  for (const part of ["console", "gateway", "workers", "postgres"] as const) {
    const pid = await onebox.pidOf(part);
    expect([part, (await stat(`/proc/${pid}`)).uid]).toEqual([part, ids.uid]);
  }
  expect(await onebox.pidOf("defender")).toBeNull();
});

function idOf(flag: "-u" | "-g"): number {
  return Number(execFileSync("id", [flag, "nobody"], { encoding: "utf8" }));
}

/** Status of an answer; without `ca` only the authorities that every program trusts count. */
function ping(url: string, ca?: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { agent: false, ...(ca !== undefined && { ca }) }, (response) => {
      response.resume().once("end", () => resolve(response.statusCode));
    });
    asked.once("error", reject);
    asked.end();
  });
}
