import { readFile } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { prepareOnebox, startOnebox, type PartName } from "../servers/onebox.ts";
import { report, type Figure } from "./report.ts";

/** Resident memory of each process of an idle Onebox, after it has had time to settle. */
const settleMs = 30_000;
const defenderMaxMb = 80;
const parts: readonly PartName[] = ["console", "gateway", "workers", "defender", "postgres"];

prepareOnebox();
const onebox = await startOnebox();
await pause(settleMs);
const figures: Figure[] = [{ what: "supervisor", value: await residentMb(onebox.pid), unit: "MB" }];
for (const part of parts) {
  const pid = await onebox.pidOf(part);
  if (pid === null) continue;
  const value = await residentMb(pid);
  const target = part === "defender" ? { beside: `<= ${defenderMaxMb} MB`, met: value <= defenderMaxMb } : {};
  figures.push({ what: part, value, unit: "MB", ...target });
}
await onebox.stop();
report("process-memory", figures);

async function residentMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) / 1024;
}
