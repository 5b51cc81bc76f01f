import { readFile } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { startDockerd } from "../servers/dockerd.ts";
import { loadBusybox, loadDebian } from "../servers/images.ts";
import { prepareOnebox, startOnebox } from "../servers/onebox.ts";
import { until } from "../servers/until.ts";
import { report } from "./report.ts";

/** Resident memory of the Defender on a host with containers: while it scans, and when nothing happens any more. */
const containers = 50;
const settleMs = 20_000;
const sampleMs = 200;
const idleMaxMb = 80;

prepareOnebox();
const engine = await startDockerd();
await loadDebian(engine, "bullseye", { name: "shop/web:1" });
await loadBusybox(engine, { name: "tool/box:1" });
const onebox = await startOnebox({ env: { RAMPART_CONTAINER_SOCKET: engine.socket } });
const pid = await until("the Defender", () => onebox.pidOf("defender"));

let peakMb = 0;
const timer = setInterval(() => void residentMb(pid).then((value) => (peakMb = Math.max(peakMb, value))), sampleMs);
for (let index = 0; index < containers; index += 1) {
  await engine.run(["run", "--detach", "--name", `box-${index}`, "tool/box:1"]);
}
await until("the end of all scans", async () => onebox.output().includes("host inspected"), 60_000);
await pause(settleMs);
clearInterval(timer);
const idleMb = await residentMb(pid);
await onebox.stop();
await engine.stop();

report("defender-memory", [
  { what: `peak while scanning, ${containers} containers`, value: peakMb, unit: "MB" },
  { what: "idle", value: idleMb, unit: "MB", beside: `<= ${idleMaxMb} MB`, met: idleMb <= idleMaxMb },
]);

async function residentMb(process: number): Promise<number> {
  const status = await readFile(`/proc/${process}/status`, "utf8");
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) / 1024;
}
