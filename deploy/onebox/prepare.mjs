/**
 * What `npm start` and `npm test` need before the first line of the product can run. The machine may have any Node from
 * 18 on and no `node_modules`, so this file uses nothing but Node itself. Each step is skipped when what it reads has
 * not changed since it last succeeded.
 *
 *   node deploy/onebox/prepare.mjs              everything that `npm start` needs
 *   node deploy/onebox/prepare.mjs --for test   no production build of the Console; the journeys ask for it themselves
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const stamps = path.join(root, "node_modules/.cache/rampart");
const ownNode = path.join(root, "node_modules/.bin/node");
const nodeOldest = 18;

const forTest = process.argv.includes("test");
try {
  refuseOldNode();
  install();
  provideNode();
  const client = "packages/platform/database/src/generated/client.ts";
  once("database client", ["prisma/schema", "prisma/prisma.config.ts"], client, generateClient);
  once("Defender", ["apps/defender", "packages"], "apps/defender/dist", () => build("apps/defender"));
  if (!forTest) {
    once("Console", ["apps/console", "packages", "prisma/schema"], "apps/console/.next/BUILD_ID", () =>
      build("apps/console"),
    );
  }
} catch (error) {
  console.error(`\nRampart is not ready to start: ${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
}

function refuseOldNode() {
  const major = Number(process.versions.node.split(".")[0]);
  if (major < nodeOldest) throw new Error(`this is Node ${process.version}; install Node ${nodeOldest} or newer.`);
}

function install() {
  if (isInstalled()) return;
  const fresh = !existsSync(path.join(root, "node_modules"));
  console.log(fresh ? "Installing packages (once, about a minute)…" : "Bringing packages up to date…");
  run("npm", [...(fresh ? ["ci"] : ["install", "--no-save"]), "--no-audit", "--no-fund", "--loglevel=error"]);
}

/** npm keeps a list of what it installed; it is compared with the lock file instead of trusting a date. */
function isInstalled() {
  const installed = readJson("node_modules/.package-lock.json")?.packages;
  const locked = readJson("package-lock.json")?.packages;
  if (!installed || !locked) return false;
  return Object.entries(locked).every(([place, wanted]) => {
    if (!place.startsWith("node_modules/") || wanted.optional || wanted.peer) return true;
    const present = installed[place];
    return present !== undefined && present.version === wanted.version && present.integrity === wanted.integrity;
  });
}

/** Node 24 comes as a package whose install script fetches the program; where scripts are off, it runs here. */
function provideNode() {
  if (answers(ownNode)) return;
  run(process.execPath, ["installArchSpecificPackage.js"], { cwd: path.join(root, "node_modules/node") });
  // npm links a program only if it was there when the package was unpacked.
  if (!existsSync(ownNode)) symlinkSync("../node/bin/node", ownNode);
  if (answers(ownNode)) return;
  throw new Error("the package `node` did not bring a working Node 24. Remove node_modules and try again.");
}

function answers(program) {
  return existsSync(program) && spawnSync(program, ["--version"]).stdout?.toString().startsWith("v24.");
}

function generateClient() {
  // Prisma would fetch an engine that generating does not use; naming one keeps it from asking the network.
  run(ownNode, ["node_modules/prisma/build/index.js", "generate", "--config", "prisma/prisma.config.ts"], {
    env: { PRISMA_SCHEMA_ENGINE_BINARY: "/bin/true", PRISMA_HIDE_UPDATE_MESSAGE: "1" },
    quiet: true,
  });
}

function build(folder) {
  if (readJson(`${folder}/package.json`)?.scripts?.build === undefined) return;
  run("npm", ["run", "--silent", "build"], {
    cwd: path.join(root, folder),
    quiet: true,
    env: { NEXT_TELEMETRY_DISABLED: "1" },
  });
}

/** Runs `work`, which makes `output`, unless it succeeded before on the same content of `sources`. */
function once(what, sources, output, work) {
  const stamp = path.join(stamps, `${what.toLowerCase().replaceAll(" ", "-")}.sha256`);
  const digest = digestOf([...sources, "package-lock.json"]);
  if (existsSync(path.join(root, output)) && existsSync(stamp) && readFileSync(stamp, "utf8") === digest) return;
  const startedAt = Date.now();
  process.stdout.write(`Preparing the ${what}… `);
  work();
  console.log(`${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
  mkdirSync(stamps, { recursive: true });
  writeFileSync(`${stamp}.new`, digest);
  renameSync(`${stamp}.new`, stamp);
}

function digestOf(sources) {
  const hash = createHash("sha256");
  for (const source of sources)
    for (const file of filesOf(path.join(root, source))) {
      hash.update(path.relative(root, file)).update("\0").update(readFileSync(file)).update("\0");
    }
  return hash.digest("hex");
}

function filesOf(place) {
  if (!existsSync(place)) return [];
  if (!statSync(place).isDirectory()) return [place];
  const made = new Set(["node_modules", "dist", ".next", "generated", "coverage"]);
  return readdirSync(place, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const inside = path.join(place, entry.name);
      if (entry.isDirectory()) return made.has(entry.name) ? [] : filesOf(inside);
      return /\.test\.tsx?$|\.md$|\.tsbuildinfo$|next-env\.d\.ts$/.test(entry.name) ? [] : [inside];
    });
}

function run(command, args, { cwd = root, env = {}, quiet = false } = {}) {
  const result = spawnSync(command, args, {
    cwd,
    stdio: quiet ? ["ignore", "pipe", "pipe"] : "inherit",
    env: { ...process.env, PATH: `${path.dirname(ownNode)}${path.delimiter}${process.env.PATH}`, ...env },
  });
  if (result.status === 0) return;
  if (quiet) process.stderr.write(`\n${result.stdout}${result.stderr}`);
  throw new Error(`\`${[path.basename(command), ...args].join(" ")}\` failed.`);
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(path.join(root, file), "utf8"));
  } catch {
    return undefined;
  }
}
