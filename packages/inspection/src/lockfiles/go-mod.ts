import { goToolchain } from "../readers/programs/go-build-info.ts";
import type { ReaderResult } from "../readers/reader.ts";
import type { Declared } from "./declared.ts";
import { toReaderResult } from "./declared.ts";
import { linesOf } from "./decode-text.ts";

type Replacement = Readonly<{ path: string; version: string | null }>;
type Module = {
  required: { path: string; version: string }[];
  /** By `path` or `path@version`. */
  replaced: Map<string, Replacement>;
  language: string | null;
  toolchain: string | null;
  unknown: string[];
};

/** Directives that name no module that is built. */
const silent = new Set(["module", "exclude", "retract", "tool", "godebug", "ignore"]);

/** Reads go.mod. Its modules are complete since Go 1.17; before, those that only others require are missing. */
export function readGoMod(bytes: Buffer): ReaderResult {
  const module = parseGoMod(bytes);
  const { content, problem } = toReaderResult("go", [
    ...module.required.flatMap((required) => replace(required, module)),
    ...standardLibrary(module),
    ...module.unknown.map((line) => ({ name: line, version: null })),
  ]);
  const isComplete = module.required.length === 0 || isSince117(module.language);
  const missing = "modules that only other modules require are not listed, as the go line is older than 1.17";
  const problems = [problem, isComplete ? undefined : missing].filter((text) => text !== undefined);
  return { content, ...(problems.length > 0 && { problem: problems.join("; ") }) };
}

/** Reads go.sum where no go.mod is beside it: the modules whose contents were downloaded, maybe in several versions. */
export function readGoSum(bytes: Buffer): Declared[] {
  return linesOf(bytes).flatMap((line): Declared[] => {
    if (line.trim() === "") return [];
    const [path, version, hash] = line.trim().split(/\s+/);
    if (path === undefined || version === undefined || hash === undefined) return [{ name: line, version: null }];
    return version.endsWith("/go.mod") ? [] : [{ name: path, version: plain(version) }];
  });
}

function parseGoMod(bytes: Buffer): Module {
  const module: Module = { required: [], replaced: new Map(), language: null, toolchain: null, unknown: [] };
  let block: string | null = null;
  for (const line of linesOf(bytes)) {
    const words = wordsOf(line);
    const [first, second] = words;
    if (first === undefined) continue;
    if (first === ")") block = null;
    else if (block !== null) addDirective(module, block, words);
    else if (second === "(") block = first;
    else addDirective(module, first, words.slice(1));
  }
  return module;
}

function wordsOf(line: string): string[] {
  const words = (line.split("//", 1)[0] ?? "").trim().split(/\s+/);
  return words.map((word) => word.replaceAll(/["`]/g, "")).filter((word) => word !== "");
}

function addDirective(module: Module, directive: string, words: readonly string[]): void {
  const [first, second] = words;
  if (silent.has(directive)) return;
  if (directive === "go") module.language = first ?? null;
  else if (directive === "toolchain") module.toolchain = first ?? null;
  else if (directive === "replace") addReplacement(module, words);
  else if (directive === "require" && first !== undefined && second !== undefined)
    module.required.push({ path: first, version: second });
  else module.unknown.push([directive, ...words].join(" "));
}

function addReplacement(module: Module, words: readonly string[]): void {
  const arrow = words.indexOf("=>");
  const [path, version] = words.slice(0, Math.max(0, arrow));
  const [newPath, newVersion] = words.slice(arrow + 1);
  if (arrow < 1 || path === undefined || newPath === undefined) module.unknown.push(words.join(" "));
  else
    module.replaced.set(version === undefined ? path : `${path}@${version}`, {
      path: newPath,
      version: newVersion ?? null,
    });
}

/** A replacement without a version is a folder of the repository. */
function replace({ path, version }: Module["required"][number], { replaced }: Module): Declared[] {
  const replacement = replaced.get(`${path}@${version}`) ?? replaced.get(path);
  if (replacement === undefined) return [{ name: path, version: plain(version) }];
  return replacement.version === null ? [] : [{ name: replacement.path, version: plain(replacement.version) }];
}

/** `toolchain go1.23.6-xyz` is what builds; without that line it is at least the version of the go line. */
function standardLibrary({ language, toolchain }: Module): Declared[] {
  const builds = goToolchain(toolchain ?? "");
  return (builds.length > 0 ? builds : goToolchain(`go${language}`)).map(({ name, version }) => ({ name, version }));
}

function isSince117(language: string | null): boolean {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(language ?? "") ?? [];
  return Number(major) > 1 || (Number(major) === 1 && Number(minor) >= 17);
}

/** Advisories write Go versions without the leading letter. */
function plain(version: string): string {
  return version.replace(/^v/, "");
}
