import { readFile, rm, writeFile } from "node:fs/promises";
import { Refusal } from "@rampart/kernel";

/** Holds a data directory for one process. */
export type Lock = Readonly<{ release(): Promise<void> }>;

/**
 * Takes the lock file, or says who holds it. A lock of a process that no longer runs is taken over; the time at which a
 * process began tells it from a later one that got the same number.
 */
export async function takeLock(file: string): Promise<Lock> {
  const mine = `${process.pid} ${await startOf(process.pid)}\n`;
  if (!(await createWith(file, mine))) {
    const holder = await readFile(file, "utf8").catch(() => "");
    if (await isHeld(holder)) {
      throw new Refusal(
        "conflict",
        "onebox.data-dir.in-use",
        `Rampart already runs on this data directory (process ${holder.split(" ")[0]}). Stop it, or set RAMPART_DATA_DIR to another folder.`,
      );
    }
    await writeFile(file, mine);
  }
  return { release: () => rm(file, { force: true }) };
}

async function createWith(file: string, content: string): Promise<boolean> {
  try {
    await writeFile(file, content, { flag: "wx" });
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

async function isHeld(holder: string): Promise<boolean> {
  const [pid = "", startedAt = ""] = holder.trim().split(" ");
  if (!/^\d+$/.test(pid) || Number(pid) === process.pid) return false;
  return (await startOf(Number(pid))) === startedAt;
}

/** When a process began, in clock ticks since boot; "running" where there is no /proc; "" when there is no such process. */
async function startOf(pid: number): Promise<string> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, "utf8");
    // The name in parentheses may hold spaces; the 20th field after it is the start time, the first one the state.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" ? "" : (fields[19] ?? "");
  } catch {
    if (process.platform === "linux") return "";
  }
  try {
    process.kill(pid, 0);
    return "running";
  } catch {
    return "";
  }
}
