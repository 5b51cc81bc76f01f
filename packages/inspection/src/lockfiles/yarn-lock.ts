import type { Declared } from "./declared.ts";
import { linesOf } from "./decode-text.ts";
import { isOwnFolder, splitAtVersion } from "./npm-name.ts";

type Block = { heading: string; version: string | null; resolution: string | null };

/** Version 1 separates key and value by a blank, later versions by a colon. */
const field = /^ {2}"?(version|resolution)"?:? "?([^"\s]+)/;

/** Reads yarn.lock, both the format of yarn 1 and the YAML of later ones: a heading, then fields two blanks deep. */
export function readYarnLock(bytes: Buffer): Declared[] {
  const blocks: Block[] = [];
  for (const line of linesOf(bytes)) {
    if (line === "" || line.startsWith("#")) continue;
    const block = blocks.at(-1);
    if (!line.startsWith(" ")) blocks.push({ heading: line.replace(/:\s*$/, ""), version: null, resolution: null });
    else if (block !== undefined) addField(block, line);
  }
  return blocks.flatMap(toDeclared);
}

function addField(block: Block, line: string): void {
  const [, name, value] = field.exec(line) ?? [];
  if (value === undefined) return;
  if (name === "version") block.version ??= value;
  else block.resolution ??= value;
}

/** Later versions resolve names; version 1 asks for `alias@npm:name@range` or `name@range`. */
function toDeclared({ heading, version, resolution }: Block): Declared[] {
  if (heading === "__metadata") return [];
  const first = heading.replaceAll('"', "").split(", ", 1)[0] ?? "";
  const asked = splitAtVersion(resolution ?? first) ?? { name: first, version: "" };
  if (asked.version.startsWith("workspace:") || (version === null && isOwnFolder(asked.version))) return [];
  const isAlias = resolution === null && asked.version.startsWith("npm:");
  const alias = isAlias ? splitAtVersion(asked.version.slice("npm:".length)) : null;
  return [{ name: alias?.name ?? asked.name, version }];
}
