/** `7f1c…-7f1d… r-xp 00000000 fd:01 1234   /usr/lib/libz.so.1`; without an inode it is no file. */
const line = /^[0-9a-f]+-[0-9a-f]+ \S{4} [0-9a-f]+ [0-9a-f]+:[0-9a-f]+ [1-9]\d* +(\/.+)$/;
const deleted = " (deleted)";
/** Views of the kernel and memory under a name: nothing that a package brought. */
const noFile = /^\/(?:dev|proc|sys)\/|^\/(?:memfd:|SYSV)/;

/** The files that a process has mapped, from /proc/<pid>/maps: each once, relative to its root. */
export function readMaps(text: string): string[] {
  const files = new Set<string>();
  for (const written of text.split("\n")) {
    const path = line.exec(written)?.[1];
    const file = path === undefined ? null : toFile(path);
    if (file !== null) files.add(file);
  }
  return [...files];
}

/**
 * A file by the path that the kernel writes; null for what is none. An update removes files that are in use: the
 * process goes on with what the package brought, so the mark that the kernel puts behind the path is taken off.
 */
export function toFile(path: string): string | null {
  const file = path.endsWith(deleted) ? path.slice(0, -deleted.length) : path;
  if (file[0] !== "/" || noFile.test(file)) return null;
  return file.replace(/^\/+/, "") || null;
}
