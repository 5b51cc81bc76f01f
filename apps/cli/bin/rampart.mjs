#!/usr/bin/env node
// Runs the command on the Node.js that the project brings along, whatever version started this file.
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const neededMajor = 24;
const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));

function nodeBinary() {
  if (Number(process.versions.node.split(".")[0]) >= neededMajor) return process.execPath;
  return createRequire(import.meta.url).resolve("node/bin/node");
}

const child = spawn(nodeBinary(), ["--disable-warning=ExperimentalWarning", main, ...process.argv.slice(2)], {
  stdio: "inherit",
});
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
child.on("exit", (code, signal) => process.exit(signal === null ? (code ?? 1) : 130));
