import { loadavg } from "node:os";
import { readFile } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { benchCaller, startInstallation } from "./fixtures/bench-installation.ts";
import { packageSets, recordOne } from "./fixtures/large-project.ts";
import { bindVulnerabilities } from "@rampart/vulnerabilities/bind";
import { listResourceSummaries } from "@rampart/vulnerabilities";
import { ListResourceSummaries } from "@rampart/vulnerabilities/contract";
import { percentile, report } from "./report.ts";

/**
 * An image whose packages are known from another project: from the report of its packages through the relay, the queue and
 * the lane to its findings. A host that has the image in the same project finds them there without any of this.
 */
const packages = 200;
const runs = 40;
const knownMaxMs = 200;
const askEveryMs = 5;

const installation = await startInstallation();
const { database } = installation;
const [first, second] = [await installation.addProject(), await installation.addProject()];
const workers = await installation.startWorkers();
const sets = packageSets(runs, packages);
const fresh: number[] = [];
const known: number[] = [];
for (const [number, set] of sets.entries()) fresh.push(await measure(first, number + 1, set));
for (const [number, set] of sets.entries()) known.push(await measure(second, number + 1, set));
const status = await readFile(`/proc/${workers.pid}/status`, "utf8");
const load = loadavg()[0] ?? 0;
await workers.stop();
await installation.stop();

const p95 = percentile(known, 0.95);
report("known-image", [
  { what: `new packages, p50 of ${runs}`, value: percentile(fresh, 0.5), unit: "ms" },
  { what: `known packages, p50 of ${runs}`, value: percentile(known, 0.5), unit: "ms" },
  {
    what: `known packages, p95 of ${runs}`,
    value: p95,
    unit: "ms",
    beside: `<= ${knownMaxMs} ms`,
    met: p95 <= knownMaxMs,
  },
  { what: "peak memory of all lanes in one process", value: peakMbOf(status), unit: "MB" },
  { what: "load average", value: load, unit: "", beside: "below 1 for a fair figure" },
]);

async function measure(scope: typeof first, number: number, set: (typeof sets)[number]): Promise<number> {
  const ctx = bindVulnerabilities({ database }, scope, benchCaller);
  const startedAt = performance.now();
  const id = await recordOne(database, scope, number, set);
  const asked = ListResourceSummaries.parse({ resourceKind: "image", resourceIds: [id] });
  while ((await listResourceSummaries(ctx, asked)).length === 0) await pause(askEveryMs);
  return performance.now() - startedAt;
}

function peakMbOf(text: string): number {
  return Number(/^VmHWM:\s+(\d+) kB/m.exec(text)?.[1]) / 1024;
}
