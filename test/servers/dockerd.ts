import path from "node:path";
import { startDaemon } from "./daemon.ts";
import { requireProgram } from "./debian-package.ts";
import { engineCommand, type Engine } from "./engine.ts";
import { makeRunFolder, removeRunFolder, sweepDeadRuns } from "./run-folder.ts";
import { until } from "./until.ts";

/**
 * Starts a real Docker engine with an empty image store. Its networks live in a network namespace of its own, so that
 * several can run beside each other and beside the host's own engine.
 */
export async function startDockerd(): Promise<Engine> {
  const command = await requireProgram("dockerd", "docker.io", "containerd", "runc", "tini", "iptables");
  const docker = await requireProgram("docker", "docker.io", "docker-cli");
  await sweepDeadRuns();
  const folder = await makeRunFolder("dockerd");
  const socket = path.join(folder.path, "docker.sock");
  const args = [
    "--data-root",
    path.join(folder.path, "data"),
    "--exec-root",
    path.join(folder.path, "exec"),
    "--pidfile",
    path.join(folder.path, "docker.pid"),
    "--host",
    `unix://${socket}`,
    "--storage-driver=overlay2",
    "--exec-opt",
    "native.cgroupdriver=cgroupfs",
    `--cgroup-parent=/${folder.name}`,
    // The namespace has no way out, so there is nothing for a firewall to do.
    "--iptables=false",
    "--ip6tables=false",
    "--bip=172.31.77.1/24",
    "--default-address-pool",
    "base=172.31.80.0/20,size=24",
  ];
  const daemon = startDaemon({ command, args, inside: ownNetwork });
  const run = engineCommand(docker, ["--host", `unix://${socket}`]);
  await until(
    "dockerd",
    () => {
      if (!daemon.isRunning()) throw new Error(daemon.lastWords());
      return run(["version"]);
    },
    30_000,
  );

  return {
    kind: "docker",
    socket,
    run,
    async stop() {
      const containers = (await run(["ps", "--all", "--quiet"])).split("\n").filter(Boolean);
      if (containers.length > 0) await run(["rm", "--force", "--volumes", ...containers]);
      await daemon.stop(10_000);
      await removeRunFolder(folder);
    },
    async kill() {
      await daemon.kill();
    },
  };
}

/** Loopback is down in a new network namespace, and engines use it. */
const ownNetwork = ["unshare", "--net", "--", "/bin/sh", "-c", 'ip link set lo up; exec "$0" "$@"'];
