import { spawnSync } from "node:child_process";
import { readdir } from "node:fs/promises";
import path from "node:path";

/**
 *   npm run bench -- list          names
 *   npm run bench -- start-up      one of them
 *   npm run bench                  all
 *
 * A bench is a file of this folder that runs for a bounded time and prints its figures through `report.ts`.
 */
const machinery = new Set(["main.ts", "report.ts"]);

const names = (await readdir(import.meta.dirname))
  .filter((file) => file.endsWith(".ts") && !machinery.has(file))
  .map((file) => path.basename(file, ".ts"))
  .toSorted();
const [asked, ...rest] = process.argv.slice(2);

if (asked === "list") {
  process.stdout.write(`${names.join("\n")}\n`);
} else if (asked !== undefined && !names.includes(asked)) {
  process.stderr.write(`There is no bench "${asked}". There are: ${names.join(", ")}\n`);
  process.exitCode = 2;
} else {
  for (const name of asked === undefined ? names : [asked]) {
    const file = path.join(import.meta.dirname, `${name}.ts`);
    const { status } = spawnSync(process.execPath, [file, ...rest], { stdio: "inherit" });
    if (status !== 0) process.exitCode = 1;
  }
}
