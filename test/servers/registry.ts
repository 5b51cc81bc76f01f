import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { makeCertificates } from "./certificates.ts";
import { startDaemon } from "./daemon.ts";
import { requireProgram } from "./debian-package.ts";
import { freePort } from "./free-port.ts";
import { makeScratch } from "./scratch.ts";
import { until } from "./until.ts";

const run = promisify(execFile);

export type Registry = Readonly<{
  /** Host and port as they stand in an image reference. */
  host: string;
  username: string;
  password: string;
  /** PEM of the authority that signed its certificate. */
  ca: string;
  /** Puts a `docker save` archive into the registry as `name:tag`. */
  push(archive: string, reference: string): Promise<void>;
  stop(): Promise<void>;
}>;

/** Starts a real registry with TLS and a password. */
export async function startRegistry(): Promise<Registry> {
  const command = await requireProgram("docker-registry", "docker-registry");
  const skopeo = await requireProgram("skopeo", "skopeo");
  const htpasswd = await requireProgram("htpasswd", "apache2-utils");
  const scratch = await makeScratch("registry");
  const port = await freePort();
  const certificates = await makeCertificates(scratch.path);
  const account = { username: "reader", password: randomBytes(9).toString("hex") };
  const { stdout: line } = await run(htpasswd, ["-Bbn", account.username, account.password]);
  await writeFile(path.join(scratch.path, "htpasswd"), line);
  const config = path.join(scratch.path, "config.yml");
  await writeFile(config, configText(scratch.path, port, certificates));
  const daemon = startDaemon({ command, args: ["serve", config] });
  const trusted = path.join(scratch.path, "trusted"); // skopeo takes every file of the folder
  await mkdir(trusted);
  await copyFile(certificates.ca, path.join(trusted, "ca.crt"));
  const host = `localhost:${port}`;
  await until("the registry", () => {
    if (!daemon.isRunning()) throw new Error(daemon.lastWords());
    return run("curl", ["--silent", "--cacert", certificates.ca, `https://${host}/v2/`]);
  });

  return {
    host,
    ...account,
    ca: await readFile(certificates.ca, "utf8"),
    async push(archive, reference) {
      const login = ["--dest-creds", `${account.username}:${account.password}`];
      const trust = ["--dest-cert-dir", trusted];
      await run(skopeo, ["copy", ...login, ...trust, `docker-archive:${archive}`, `docker://${host}/${reference}`]);
    },
    async stop() {
      await daemon.stop();
      await scratch.remove();
    },
  };
}

function configText(folder: string, port: number, certificates: { certificate: string; key: string }): string {
  return JSON.stringify({
    // YAML is a superset of JSON.
    version: 0.1,
    log: { level: "warn", accesslog: { disabled: true } },
    storage: { filesystem: { rootdirectory: path.join(folder, "store") }, delete: { enabled: true } },
    http: { addr: `127.0.0.1:${port}`, tls: { certificate: certificates.certificate, key: certificates.key } },
    auth: { htpasswd: { realm: "test", path: path.join(folder, "htpasswd") } },
  });
}
