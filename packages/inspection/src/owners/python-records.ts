import type { HeldRoot } from "./held-root.ts";

const packageFolder = /^(?:.*\/)?(?:site|dist)-packages(?=\/)/s;
const pathLengthMax = 4096;

/** The folder of Python packages that a file lies in; null for all others. */
export function pythonFolderOf(path: string): string | null {
  return path.length > pathLengthMax ? null : (packageFolder.exec(path)?.[0] ?? null);
}

/** Which distribution in a folder of Python packages installed each of these files, by the lists it has left there. */
export function findPythonRecords(
  root: HeldRoot,
  folder: string,
  paths: readonly string[],
): ReadonlyMap<string, string> {
  const records = new Map<string, string>();
  const wanted = new Map(paths.map((path) => [toBytes(path.slice(folder.length + 1)), path]));
  for (const name of root.listNames(folder)) {
    if (name.endsWith(".dist-info")) {
      const file = `${folder}/${name}/METADATA`;
      for (const line of root.readLines(`${folder}/${name}/RECORD`)) take(wanted, pathIn(line), file, records);
    } else if (name.endsWith(".egg-info")) {
      takeEgg(root, `${folder}/${name}`, wanted, records);
    }
  }
  return records;
}

/** `pkg/module.so,sha256=…,1234`; a path with a comma is quoted. */
function pathIn(line: string): string {
  if (line.startsWith('"')) return line.slice(1, line.lastIndexOf('",'));
  const comma = line.indexOf(",");
  return comma === -1 ? line : line.slice(0, comma);
}

function take(wanted: ReadonlyMap<string, string>, listed: string, file: string, records: Map<string, string>): void {
  const path = wanted.get(listed);
  if (path !== undefined) records.set(path, file);
}

/** An older form: files relative to itself, or the names of its modules alone. */
function takeEgg(root: HeldRoot, egg: string, wanted: ReadonlyMap<string, string>, records: Map<string, string>): void {
  const file = `${egg}/PKG-INFO`;
  for (const line of root.readLines(`${egg}/installed-files.txt`)) {
    if (line.startsWith("../")) take(wanted, line.slice("../".length).trimEnd(), file, records);
  }
  const modules = new Set(Array.from(root.readLines(`${egg}/top_level.txt`), (line) => line.trim()));
  if (modules.size === 0) return;
  for (const [inside, path] of wanted) {
    const [module = ""] = inside.split("/");
    if (!records.has(path) && modules.has(module.split(".")[0] ?? "")) records.set(path, file);
  }
}

const toBytes = (path: string): string => Buffer.from(path, "utf8").toString("latin1");
