import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { startDaemon } from "./daemon.ts";
import { requireProgram } from "./debian-package.ts";
import { engineCommand, type Engine } from "./engine.ts";
import { makeRunFolder, removeRunFolder, sweepDeadRuns } from "./run-folder.ts";
import { until } from "./until.ts";

/** Starts a real podman with its Docker-compatible service and an empty image store of its own. */
export async function startPodman(): Promise<Engine> {
  const command = await requireProgram("podman", "podman", "netavark", "conmon", "runc");
  await sweepDeadRuns();
  const folder = await makeRunFolder("podman");
  const env = await writeSettings(folder.path);
  const socket = path.join(folder.path, "podman.sock");
  const daemon = startDaemon({
    command,
    args: ["system", "service", "--time=0", `unix://${socket}`],
    env: { HOME: folder.path, ...env },
    inside: ["unshare", "--net", "--", "/bin/sh", "-c", 'ip link set lo up; exec "$0" "$@"'],
  });
  // Against the service, as a Defender would, so that both see the same networks.
  const run = engineCommand(command, ["--remote", "--url", `unix://${socket}`], env);
  await until(
    "podman",
    () => {
      if (!daemon.isRunning()) throw new Error(daemon.lastWords());
      return run(["version"]);
    },
    30_000,
  );

  return {
    kind: "podman",
    socket,
    run,
    async stop() {
      await run(["rm", "--all", "--force", "--time=0"]).catch(() => undefined);
      await daemon.stop();
      await removeRunFolder(folder);
    },
    async kill() {
      await daemon.kill();
    },
  };
}

/** podman reads its settings from files only; these keep everything inside `folder`. */
async function writeSettings(folder: string): Promise<Record<string, string>> {
  const containers = path.join(folder, "containers.conf");
  const storage = path.join(folder, "storage.conf");
  await mkdir(path.join(folder, "networks"));
  await mkdir(path.join(folder, "tmp"));
  await writeFile(
    containers,
    `[containers]
default_ulimits = ["nofile=1024:1024", "nproc=1024:1024"]
log_driver = "k8s-file"
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "file"
tmp_dir = "${folder}/tmp"
volume_path = "${folder}/volumes"
[network]
network_backend = "netavark"
network_config_dir = "${folder}/networks"
default_network = "rampart"
default_subnet = "10.231.0.0/24"
`,
  );
  await writeFile(storage, `[storage]\ndriver = "overlay"\ngraphroot = "${folder}/root"\nrunroot = "${folder}/run"\n`);
  return { CONTAINERS_CONF: containers, CONTAINERS_STORAGE_CONF: storage };
}
