import { repositoryRoot } from "../repository.ts";
import { runCommand } from "../run-command.ts";
import { newVerb } from "./new-verb.ts";

/** `npm run new -- verb AREA NAME`, for example `npm run new -- verb fleet rename-defender`. */
const [kind, area, name] = process.argv.slice(2);

if (kind !== "verb" || area === undefined || name === undefined) {
  console.error("Usage: npm run new -- verb AREA NAME, for example: npm run new -- verb fleet rename-defender");
  process.exitCode = 2;
} else {
  try {
    const paths = newVerb(repositoryRoot, area, name);
    await runCommand("oxfmt", paths);
    console.log(
      `Written:\n${paths.map((path) => `  ${path}`).join("\n")}\nNext: packages/handbook/how-to/add-a-verb.md`,
    );
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
