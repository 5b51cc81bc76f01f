import path from "node:path";
import type { PackageKind } from "@rampart/inspection/contract";
import type { SeenProcess } from "./seen-process.ts";

/** Packages of one kind somewhere below a folder, given with a slash at its end. */
export type DependencyFolder = Readonly<{ kind: PackageKind; path: string }>;

type Running = SeenProcess & Readonly<{ script: string | null }>;
type Interpreter = Readonly<{
  program: RegExp;
  kind: PackageKind;
  /** Options whose value is the next argument. */
  valued: ReadonlySet<string>;
  /** Options after which there is no script. */
  scriptless: ReadonlySet<string>;
  folders(running: Running): string[];
}>;

const interpreters: readonly Interpreter[] = [
  {
    program: /^(?:node|nodejs|bun)$/,
    kind: "nodejs",
    valued: new Set(["-r", "--require", "--import", "--loader", "-C", "--conditions", "--env-file"]),
    scriptless: new Set(["-e", "--eval", "-p", "--print"]),
    folders: nodeFolders,
  },
  {
    program: /^(?:python|pypy)\d{0,2}(?:\.\d{1,3})?$/,
    kind: "python",
    valued: new Set(["-W", "-X", "--check-hash-based-pycs"]),
    scriptless: new Set(["-c", "-m"]),
    folders: pythonFolders,
  },
  {
    program: /^(?:ruby|truffleruby)\d{0,2}(?:\.\d{1,3})?$/,
    kind: "gem",
    valued: new Set(["-r", "-I", "-C", "-E"]),
    scriptless: new Set(["-e"]),
    folders: rubyFolders,
  },
  {
    program: /^php(?:-fpm|-cgi)?\d{0,2}(?:\.\d{1,3})?$/,
    kind: "php",
    valued: new Set(["-c", "-d", "-f", "-z"]),
    scriptless: new Set(["-r"]),
    folders: phpFolders,
  },
];

const assembly = /\.dll$/i;
const ancestorsMax = 16;

const interpreterOf = (exe: string): Interpreter | undefined =>
  interpreters.find(({ program }) => program.test(path.posix.basename(exe)));

export function isInterpreter(exe: string): boolean {
  return interpreterOf(exe) !== undefined;
}

/**
 * Where the application that a process runs keeps what it depends on. Weaker than a mapped file: interpreters read
 * their sources and let go of them, so that nobody sees from outside which of these packages were loaded.
 */
export function applicationFolders(seen: SeenProcess, resolve: (script: string) => string): DependencyFolder[] {
  const interpreter = interpreterOf(seen.exe);
  const files = [...seen.mapped, ...seen.opened];
  const nuget = files.filter((file) => assembly.test(file)).map((file) => path.posix.dirname(file));
  const own =
    interpreter === undefined ? [] : interpreter.folders({ ...seen, script: scriptOf(seen, interpreter, resolve) });
  return [
    ...[...new Set(own)].map((folder) => ({ kind: interpreter?.kind ?? "nodejs", path: `${folder}/` }) as const),
    ...[...new Set(nuget)].map((folder) => ({ kind: "nuget", path: `${folder}/` }) as const),
  ].filter((folder) => folder.path.length > 1 && folder.path !== "./");
}

/** The first argument that is no option, as a path relative to the root. */
function scriptOf(
  { argv, cwd }: SeenProcess,
  { valued, scriptless }: Interpreter,
  resolve: (script: string) => string,
) {
  for (let at = 1; at < argv.length; at += 1) {
    const argument = argv[at] ?? "";
    if (scriptless.has(argument)) return null;
    if (valued.has(argument)) at += 1;
    else if (argument !== "" && !argument.startsWith("-")) {
      return resolve(path.posix.resolve("/", cwd, argument).slice(1));
    }
  }
  return null;
}

/** A folder and those above it, nearest first, without the root. */
function upwards(folder: string): string[] {
  const parts = folder.split("/").filter((part) => part !== "" && part !== ".");
  return parts.map((_, index) => parts.slice(0, parts.length - index).join("/")).slice(0, ancestorsMax);
}

/** Node looks into the node_modules of the script's folder and of each above it. */
function nodeFolders({ script, cwd }: Running): string[] {
  const modules = script === null ? -1 : `/${script}`.indexOf("/node_modules/");
  if (script === null || modules === -1) {
    const from = script === null ? cwd : path.posix.dirname(script);
    return [...upwards(from).map((folder) => `${folder}/node_modules`), "node_modules"];
  }
  const project = script.slice(0, Math.max(0, modules - 1));
  const [, name = ""] = /^\/?node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(script.slice(project.length)) ?? [];
  const folder = project === "" ? "node_modules" : `${project}/node_modules`;
  // A tool installed for everybody brings its own; one of the project itself shares the project's.
  const isOfProject = name === ".bin" || cwd === project || cwd.startsWith(`${project}/`);
  return [isOfProject ? folder : `${folder}/${name}`];
}

/** The interpreter's own packages, those of a virtual environment, and what lies beside the script. */
function pythonFolders({ exe, argv, cwd, script, mapped, opened }: Running): string[] {
  const version = /(\d+\.\d+)$/.exec(exe)?.[1];
  const libraries = (home: string): string[] =>
    version === undefined
      ? [`${home}/lib`]
      : [
          `${home}/lib/python${version}`,
          `${home}/lib64/python${version}`,
          `${home}/lib/python${version.split(".")[0]}`,
        ];
  const called = [argv[0] ?? "", script === null ? "" : `/${script}`].filter((program) =>
    /^\/.+\/bin\/[^/]+$/.test(program),
  );
  const homes = [exe, ...called.map((program) => program.slice(1))].map((program) =>
    path.posix.dirname(path.posix.dirname(program)),
  );
  if (homes[0] === "usr") homes.push("usr/local");
  const loaded = [...mapped, ...opened].flatMap((file) => /^.*\/(?:site|dist)-packages(?=\/)/.exec(file)?.[0] ?? []);
  const beside = script === null ? cwd : path.posix.dirname(script);
  return [...homes.flatMap(libraries), ...loaded, ...(/(?:^|\/)s?bin$/.test(beside) ? [] : [beside])];
}

function rubyFolders({ exe, cwd, script, mapped, opened }: Running): string[] {
  const home = path.posix.dirname(path.posix.dirname(exe));
  const loaded = [...mapped, ...opened].flatMap((file) => /^(.*)\/(?:gems|extensions)\//.exec(file)?.[1] ?? []);
  const bundled = upwards(script === null ? cwd : path.posix.dirname(script)).map(
    (folder) => `${folder}/vendor/bundle`,
  );
  return [
    `${home}/lib/ruby`,
    "usr/local/bundle",
    "var/lib/gems",
    ...loaded.map((gems) => `${gems}/specifications`),
    ...bundled,
  ];
}

function phpFolders({ cwd, script }: Running): string[] {
  const from = [cwd, ...(script === null ? [] : [path.posix.dirname(script)])];
  return from.flatMap(upwards).map((folder) => `${folder}/vendor/composer`);
}
