import { copyFile, writeFile } from "node:fs/promises";
import { execFileSync } from "node:child_process";
import { loadavg } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { restClient } from "../faults/rest-client.ts";
import { startDockerd } from "../servers/dockerd.ts";
import { debianTar, loadDebian } from "../servers/images.ts";
import { prepareOnebox, root, startOnebox } from "../servers/onebox.ts";
import { makeScratch } from "../servers/scratch.ts";
import { percentile, report } from "./report.ts";

/**
 * From the beginning of `docker run` to the container standing in the answer of the API, and its image in it with findings.
 * First with an image that was analysed before, then with images whose one layer nobody has seen.
 */
const cachedRuns = 20;
const newRuns = 5;
const cachedMaxSeconds = 5;
const askEveryMs = 50;
const deadlineMs = 60_000;
/** Between two runs, so that each begins on a machine at rest. */
const restMs = 1_000;
const keepRunning = 'CMD ["/bin/sh", "-c", "trap \\"exit 0\\" TERM; while true; do sleep 1 & wait $!; done"]';
const admin = { username: "bench", password: "a password of a bench" };

prepareOnebox();
const scratch = await makeScratch("bench");
const engine = await startDockerd();
const onebox = await startOnebox({
  env: {
    RAMPART_CONTAINER_SOCKET: engine.socket,
    RAMPART_INTEL_DIR: path.resolve(root, "../shared/data/advisories"),
    RAMPART_ADMIN_USERNAME: admin.username,
    RAMPART_ADMIN_PASSWORD: admin.password,
  },
});
const rest = restClient(() => onebox.consoleUrl, admin);
while (!onebox.output().includes("advisories are up to date")) await pause(askEveryMs);
await loadDebian(engine, "bullseye", { name: "bench/cached:1", labels: { team: "bench" } });
await untilFindings("bench/cached:1");

const cached: number[] = [];
for (let run = 0; run < cachedRuns; run += 1) cached.push(await measure(`cached-${run}`, "bench/cached:1"));
const load = loadavg()[0] ?? 0;

const fresh: number[] = [];
for (let run = 0; run < newRuns; run += 1) {
  const image = `bench/new-${run}:1`;
  const tar = await newTar(image);
  await engine.run(["import", "--change", keepRunning, "--change", "LABEL team=bench", tar, image]);
  fresh.push(await measure(`new-${run}`, image, 0));
}

await onebox.stop();
await engine.stop();
await scratch.remove();

const p95 = percentile(cached, 0.95);
report("container-to-finding", [
  { what: `known image, p50 of ${cachedRuns}`, value: percentile(cached, 0.5), unit: "s" },
  {
    what: `known image, p95 of ${cachedRuns}`,
    value: p95,
    unit: "s",
    beside: `< ${cachedMaxSeconds} s`,
    met: p95 < cachedMaxSeconds,
  },
  {
    what: `new image of 130 MB, p50 of ${newRuns}`,
    value: percentile(fresh, 0.5),
    unit: "s",
    beside: "analysis included",
  },
  { what: `new image of 130 MB, worst of ${newRuns}`, value: Math.max(...fresh), unit: "s" },
  { what: "load average meanwhile", value: load, unit: "", beside: "below 2 for a fair figure" },
]);

/** Seconds until the container and the findings of its image are both in the API's answers. */
async function measure(name: string, image: string, restingMs = restMs): Promise<number> {
  await pause(restingMs);
  const startedAt = performance.now();
  await engine.run(["run", "--detach", "--name", name, "--label", "owner=bench", image]);
  await untilContainer(name);
  await untilFindings(image);
  const seconds = (performance.now() - startedAt) / 1_000;
  await engine.run(["rm", "--force", name]);
  return seconds;
}

function untilContainer(name: string): Promise<void> {
  return untilSeen(name, async () => {
    const rows = await rest.get<{ info: { name: string; labels: readonly string[] } }>(`/containers?search=${name}`);
    return rows.some(({ info }) => info.name === name && info.labels.includes("owner:bench"));
  });
}

function untilFindings(image: string): Promise<void> {
  return untilSeen(image, async () => {
    const asked = `/images?name=${encodeURIComponent(image)}&fields=vulnerabilitiesCount`;
    const rows = await rest.get<{ vulnerabilitiesCount: number }>(asked);
    return rows.some((row) => row.vulnerabilitiesCount > 0);
  });
}

async function untilSeen(what: string, ask: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + deadlineMs;
  while (!(await ask())) {
    if (performance.now() > end) throw new Error(`${what} did not appear within ${deadlineMs} ms`);
    await pause(askEveryMs);
  }
}

/** A Debian with one file more, so that its layer is new to everybody. */
async function newTar(image: string): Promise<string> {
  const marker = image.replaceAll(/\W/g, "-");
  const tar = path.join(scratch.path, `${marker}.tar`);
  await copyFile(await debianTar("bullseye"), tar);
  await writeFile(path.join(scratch.path, marker), image);
  execFileSync("tar", ["--append", "--file", tar, "--directory", scratch.path, marker]);
  return tar;
}
