import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Inspection } from "../contract.ts";
import { defaultLimits } from "../limits.ts";
import type { Entry } from "../testing/archives.ts";
import { debian12, dpkgStatus, nodeModule } from "../testing/sample-files.ts";
import { inspectRootFolder } from "./root-folder.ts";

let folder = "";
let root = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "rampart-root-"));
  root = join(folder, "root");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function write(entries: readonly Entry[], below = root): Promise<void> {
  for (const { name, body = "" } of entries) {
    await mkdir(dirname(join(below, name)), { recursive: true });
    await writeFile(join(below, name), body);
  }
}

const names = ({ inventory }: Inspection) => inventory.packages.map(({ name }) => name);

describe("inspectRootFolder", () => {
  test("tells the packages of a root file system, without layers", async () => {
    await write([debian12, dpkgStatus({ bash: "5.2" }), nodeModule("srv/app", "lodash", "4.17.4")]);
    const inspection = Inspection.parse(await inspectRootFolder(root));
    expect(names(inspection)).toEqual(["bash", "lodash"]);
    expect(inspection).toMatchObject({
      image: null,
      inventory: { layers: [], warnings: [], os: { ecosystem: "Debian:12" } },
    });
    expect(inspection.inventory.packages[1]).not.toHaveProperty("layer");
  });

  test("never follows a link, to a file or to a folder", async () => {
    await write([dpkgStatus({ secret: "1" }), nodeModule("app", "outside", "1.0.0")], join(folder, "outside"));
    await write([debian12]);
    await mkdir(join(root, "var/lib/dpkg"), { recursive: true });
    await symlink(join(folder, "outside/var/lib/dpkg/status"), join(root, "var/lib/dpkg/status"));
    await symlink(join(folder, "outside/app"), join(root, "app"));
    await symlink("..", join(root, "loop"));
    expect(names(await inspectRootFolder(root))).toEqual([]);
  });

  test("a pipe in the place of a database does not block", async () => {
    await write([debian12]);
    await mkdir(join(root, "var/lib/dpkg"), { recursive: true });
    execFileSync("sh", ["-c", `mkfifo "$0"`, join(root, "var/lib/dpkg/status")]);
    expect(names(await inspectRootFolder(root))).toEqual([]);
  });

  test("passes over kernel views, containers' files and what it is told to", async () => {
    await write([
      nodeModule("proc/1/root", "a", "1.0.0"),
      nodeModule("var/lib/docker/overlay2/x/diff", "b", "1.0.0"),
      nodeModule("home/ann/.local/share/containers/storage/overlay/x/diff", "c", "1.0.0"),
      nodeModule("data/rampart", "d", "1.0.0"),
      nodeModule("srv", "kept", "1.0.0"),
    ]);
    expect(names(await inspectRootFolder(root, { skip: ["data/rampart"] }))).toEqual(["kept"]);
  });

  test("does not enter other file systems that are no local disks", async () => {
    // /dev is a memory file system or another device than / in every container and on every host.
    const { inventory } = await inspectRootFolder("/dev");
    expect(inventory.packages).toEqual([]);
  });

  test.for([
    ["too many files", { entriesMax: 3 }],
    ["folders too deep", { folderDepthMax: 2 }],
  ] as const)("%s end the walk with a warning", async ([, changed]) => {
    await write([nodeModule("a/b/c/d", "deep", "1.0.0"), { name: "x" }, { name: "y" }, { name: "z" }]);
    const { inventory } = await inspectRootFolder(root, { limits: { ...defaultLimits, ...changed } });
    expect(inventory.warnings).toMatchObject([{ code: "entries-over-limit" }]);
  });

  test("a folder that is not there is refused", async () => {
    await expect(inspectRootFolder(join(folder, "nowhere"))).rejects.toMatchObject({ kind: "not-found" });
  });

  test("stops when told to", async () => {
    await write(Array.from({ length: 300 }, (_, index) => ({ name: `${index}/file` })));
    const stopped = inspectRootFolder(root, { signal: AbortSignal.abort() });
    await expect(stopped).rejects.toThrow("aborted");
  });
});
