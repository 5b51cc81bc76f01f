import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { readFile, rename } from "node:fs/promises";
import { release, tmpdir } from "node:os";
import path from "node:path";
import { decodeReport, type PackageUse } from "@rampart/protocol";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { lookAtUse } from "./look.ts";

/** A folder that looks like /proc, with processes in roots that look like a host's and a container's. */
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "use-"));
  for (const name of ["proc", "host", "web", "out"]) mkdirSync(path.join(folder, name));
  put("web", "var/lib/dpkg/info/perl-base.list", "/.\n/usr/bin/perl\n");
  put("web", "var/lib/dpkg/info/libc6:amd64.list", "/.\n/lib/libc.so.6\n");
  put("web", "var/lib/dpkg/info/tar.list", "/.\n/usr/bin/tar\n");
  put("host", "var/lib/dpkg/info/openssh-server.list", "/usr/sbin/sshd\n");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const imageId = `sha256:${"a".repeat(64)}`;

function put(root: string, name: string, body: string): void {
  mkdirSync(path.dirname(path.join(folder, root, name)), { recursive: true });
  writeFileSync(path.join(folder, root, name), body);
}

type Made = Readonly<{
  exe: string;
  mapped?: readonly string[];
  opened?: readonly string[];
  argv?: string;
  cwd?: string;
}>;

function start(pid: number, root: string, { exe, mapped = [], opened = [], argv = "", cwd = "/" }: Made): void {
  const own = path.join(folder, "proc", String(pid));
  mkdirSync(path.join(own, "fd"), { recursive: true });
  symlinkSync(path.join(folder, root), path.join(own, "root"));
  symlinkSync(exe, path.join(own, "exe"));
  symlinkSync(cwd, path.join(own, "cwd"));
  writeFileSync(path.join(own, "cmdline"), argv);
  writeFileSync(path.join(own, "maps"), mapped.map((file) => `1-2 r-xp 0 fd:01 5 ${file}\n`).join(""));
  for (const [index, file] of opened.entries()) symlinkSync(file, path.join(own, "fd", String(index)));
}

const crafted = () => ({ proc: path.join(folder, "proc"), hostRoot: path.join(folder, "host") });

async function look(at = "2026-01-05T10:00:00.000Z", pids = [10], machine = crafted()) {
  const stateFile = path.join(folder, "out", "state.json");
  const { reports, processes } = await lookAtUse({
    at,
    ...machine,
    containers: pids.map((pid) => ({ id: String(pid), imageId, pid })),
    stateFile,
    folder: path.join(folder, "out"),
  });
  await rename(`${stateFile}.new`, stateFile);
  const told = new Map<string | null, Readonly<{ complete: boolean; used: readonly PackageUse[] }>>();
  for (const report of reports) {
    const decoded = await decodeReport(await readFile(report.file));
    if (!decoded.ok || decoded.frame.type !== "packages.used") throw new Error(JSON.stringify(decoded));
    told.set(decoded.frame.imageId, decoded.frame);
  }
  return { told, processes };
}

const perl = { exe: "/usr/bin/perl", mapped: ["/usr/bin/perl", "/usr/lib/libc.so.6"] };

describe("lookAtUse", () => {
  test("tells of the packages that processes run, map and hold open, of each root apart", async () => {
    put("host", `boot/vmlinuz-${release()}`, "");
    put("host", "var/lib/dpkg/info/linux-image.list", `/boot/vmlinuz-${release()}\n`);
    start(1, "host", { exe: "/usr/sbin/sshd" });
    start(10, "web", perl);
    start(11, "web", { exe: "/opt/app/serve", opened: ["/opt/app/shop.jar", "/var/log/x.log", "socket:[7]"] });
    const { told, processes } = await look();
    expect(processes).toBe(3);
    expect(told.get(imageId)).toMatchObject({ complete: true });
    expect(told.get(imageId)?.used).toEqual([
      { package: { is: "os", name: "perl-base" }, evidence: "executable", processes: ["perl"] },
      { package: { is: "os", name: "libc6" }, evidence: "mapped", processes: ["perl"] },
      { package: { is: "file", path: "opt/app/serve" }, evidence: "executable", processes: ["serve"] },
      { package: { is: "file", path: "opt/app/shop.jar" }, evidence: "opened", processes: ["serve"] },
    ]);
    expect(told.get(null)?.used).toEqual([
      { package: { is: "os", name: "linux-image" }, evidence: "executable", processes: ["kernel"] },
      { package: { is: "os", name: "openssh-server" }, evidence: "executable", processes: ["sshd"] },
    ]);
  });

  test("counts the dependencies of an application, where there are any", async () => {
    put("web", "app/node_modules/express/package.json", "{}");
    start(10, "web", { exe: "/usr/bin/node", argv: "node\0server.js\0", cwd: "/app" });
    const { told } = await look();
    expect(told.get(imageId)?.used.map((use) => use.package)).toEqual([
      { is: "folder", kind: "nodejs", path: "app/node_modules/" },
      { is: "file", path: "usr/bin/node" },
    ]);
  });

  test("tells again only of news, or after hours", async () => {
    start(10, "web", perl);
    expect((await look("2026-01-05T10:00:00.000Z")).told.size).toBe(1);
    expect((await look("2026-01-05T10:05:00.000Z")).told.size).toBe(0);
    start(11, "web", { exe: "/usr/bin/tar" });
    expect((await look("2026-01-05T10:10:00.000Z")).told.get(imageId)?.used).toHaveLength(3);
    rmSync(path.join(folder, "proc", "11"), { recursive: true });
    expect((await look("2026-01-05T10:15:00.000Z")).told.size).toBe(0);
    expect((await look("2026-01-05T16:30:00.000Z")).told.size).toBe(1);
  });

  test("sees that a file belongs to another package after an update", async () => {
    start(10, "web", perl);
    await look("2026-01-05T10:00:00.000Z");
    rmSync(path.join(folder, "web/var/lib/dpkg/info/perl-base.list"));
    put("web", "var/lib/dpkg/info/perl-new.list", "/usr/bin/perl\n");
    const { told } = await look("2026-01-05T10:05:00.000Z");
    expect(told.get(imageId)?.used[0]?.package).toEqual({ is: "os", name: "perl-new" });
  });

  test("a container whose process is gone is no news about its image", async () => {
    const { told } = await look();
    expect(told.size).toBe(0);
  });

  test("sees a real process of this machine with its program, its libraries and its application", async () => {
    const script = path.join(folder, "app/server.mjs");
    put("app", "node_modules/express/package.json", "{}");
    put("app", "server.mjs", "process.stdout.write('up'); setInterval(() => {}, 1000);");
    const server = spawn(process.execPath, [script]);
    try {
      await once(server.stdout, "data");
      const { told } = await look("2026-01-05T10:00:00.000Z", [], { proc: "/proc", hostRoot: "/" });
      const used = (told.get(null)?.used ?? []).filter(({ processes }) => processes.includes("node"));
      expect(used).toContainEqual(
        expect.objectContaining({
          package: { is: "folder", kind: "nodejs", path: `${path.join(folder, "app").slice(1)}/node_modules/` },
          evidence: "application",
        }),
      );
      expect(used.filter(({ evidence }) => evidence === "executable").length).toBeGreaterThan(0);
      expect(used.filter(({ evidence }) => evidence === "mapped").length).toBeGreaterThan(0);
    } finally {
      server.kill();
    }
  });

  test("a process with a name and paths made to harm costs only itself", async () => {
    start(10, "web", perl);
    const evil = `/opt/\u001b[31m${"x".repeat(200)}`;
    start(11, "web", { exe: evil, mapped: [evil, `/${"../".repeat(600)}etc/passwd`, "/\u0000"], cwd: "/../../.." });
    start(12, "web", { exe: "/usr/bin/node", argv: `node\0${"../".repeat(300)}etc/x\0`, cwd: "/../.." });
    mkdirSync(path.join(folder, "proc", "13"));
    const { told } = await look();
    expect(
      told
        .get(imageId)
        ?.used.slice(0, 2)
        .map((use) => use.package),
    ).toEqual([
      { is: "os", name: "perl-base" },
      { is: "os", name: "libc6" },
    ]);
    expect(JSON.stringify(told.get(imageId))).not.toContain("\\u001b");
  });

  test("one root with processes without end does not hide another, and is not told of as whole", async () => {
    for (let pid = 1_000; pid < 1_600; pid += 1) start(pid, "web", { exe: "/usr/bin/perl" });
    start(9_000, "host", { exe: "/usr/sbin/sshd" });
    const { told } = await look("2026-01-05T10:00:00.000Z", [1_000]);
    expect(told.get(imageId)?.complete).toBe(false);
    expect(told.get(null)).toMatchObject({ complete: true, used: [{ evidence: "executable" }] });
  });
});
