import type { FoundPackage } from "../../layers/layer-result.ts";

type Module = { name: string; version: string };
const modulesMax = 20_000;
const flagsLengthMax = 16_384;
/** `-X main.version=1.2.3` and the like: how a program learns its version when it is built from a checkout. */
const stampedVersion = /[.][vV]ersion=v?(\d{1,6}\.\d{1,6}\.\d{1,6}[\w.+-]{0,64})/;

/**
 * Reads the text that `go version -m` prints: tab-separated lines of the main module (`mod`), what it was built from
 * (`dep`, and `=>` for what stood in for the line before), and settings (`build`).
 */
export function readGoModules(text: string): FoundPackage[] {
  const modules: Module[] = [];
  let main: Module | null = null;
  for (const line of text.split("\n", modulesMax)) {
    const [word, name = "", version = ""] = line.split("\t");
    if (word === "mod") main = add(modules, name, version);
    else if (word === "dep") add(modules, name, version);
    else if (word === "=>") replaceLast(modules, name, version);
  }
  if (main?.version === "(devel)") main.version = versionInFlags(text) ?? main.version;
  return modules.map(({ name, version }) => ({ name, version: version.replace(/^v(?=\d)/, ""), kind: "go" }));
}

function versionInFlags(text: string): string | null {
  const flags = /^build\t-ldflags=(.*)$/m.exec(text)?.[1] ?? "";
  return stampedVersion.exec(flags.slice(0, flagsLengthMax))?.[1] ?? null;
}

function add(modules: Module[], name: string, version: string): Module {
  const added = { name, version: version === "" ? "(devel)" : version };
  if (name !== "") modules.push(added);
  return added;
}

/** A folder that stood in for a module has no version of its own: the module's is the best that is known. */
function replaceLast(modules: Module[], name: string, version: string): void {
  const last = modules.at(-1);
  if (last === undefined || name === "" || /^\.{0,2}\//.test(name)) return;
  last.name = name;
  if (version !== "") last.version = version;
}
