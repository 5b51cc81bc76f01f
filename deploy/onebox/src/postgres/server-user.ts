import { execFile } from "node:child_process";
import { access, constants, stat } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** How to start a PostgreSQL program: as ourselves, or, because it refuses to be root, as the user `postgres`. */
export type ServerUser = Readonly<{
  ids: { uid: number; gid: number } | null;
  /** Command and leading arguments that end with the program to run. `signal` is sent when our process dies. */
  wrap(program: string, signal?: "INT" | "KILL"): readonly string[];
}>;

const setpriv = "/usr/bin/setpriv";

/**
 * Chooses the user for a server whose files lie in `folders`. When a parent of one of them may not be searched by that
 * user (a checkout under `/root`), the server is started with the single right to read and search past that.
 */
export async function chooseServerUser(folders: readonly string[]): Promise<ServerUser> {
  const hasSetpriv = await access(setpriv, constants.X_OK).then(
    () => true,
    () => false,
  );
  const dies = (signal?: "INT" | "KILL") => (signal !== undefined && hasSetpriv ? ["--pdeathsig", signal] : []);
  if (process.getuid?.() !== 0) {
    return { ids: null, wrap: (program, signal) => withSetpriv(dies(signal), program) };
  }
  if (!hasSetpriv) throw new Error("Rampart started as root needs setpriv: apt-get install util-linux");
  const ids = await postgresIds();
  const identity = [`--reuid=${ids.uid}`, `--regid=${ids.gid}`, "--clear-groups"];
  const rights = (await canReachAll(folders, ids)) ? [] : searchRights;
  return { ids, wrap: (program, signal) => withSetpriv([...identity, ...rights, ...dies(signal)], program) };
}

/** `no_setuid_fixup`: PostgreSQL asks with access(2), which ignores the right of a non-root user without it. */
const searchRights = [
  "--inh-caps=+dac_read_search",
  "--ambient-caps=+dac_read_search",
  "--securebits=+no_setuid_fixup",
];

function withSetpriv(flags: readonly string[], program: string): readonly string[] {
  return flags.length === 0 ? [program] : [setpriv, ...flags, "--", program];
}

async function postgresIds(): Promise<{ uid: number; gid: number }> {
  const found = await lookUp();
  if (found !== null) return found;
  await run("useradd", [
    "--system",
    "--user-group",
    "--home-dir",
    "/nonexistent",
    "--shell",
    "/usr/sbin/nologin",
    "postgres",
  ]);
  const made = await lookUp();
  if (made === null) throw new Error("PostgreSQL does not run as root, and the user postgres could not be created.");
  return made;
}

async function lookUp(): Promise<{ uid: number; gid: number } | null> {
  try {
    const [uid, gid] = await Promise.all([run("id", ["-u", "postgres"]), run("id", ["-g", "postgres"])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return null;
  }
}

async function canReachAll(folders: readonly string[], ids: { uid: number; gid: number }): Promise<boolean> {
  const parents = new Set(folders.flatMap(parentsOf));
  const answers = await Promise.all([...parents].map((folder) => canSearch(folder, ids)));
  return answers.every(Boolean);
}

function parentsOf(folder: string): readonly string[] {
  const parent = path.dirname(folder);
  return parent === folder ? [folder] : [parent, ...parentsOf(parent)];
}

async function canSearch(folder: string, ids: { uid: number; gid: number }): Promise<boolean> {
  const { mode, uid, gid } = await stat(folder);
  if (uid === ids.uid) return (mode & 0o100) !== 0;
  if (gid === ids.gid) return (mode & 0o010) !== 0;
  return (mode & 0o001) !== 0;
}
