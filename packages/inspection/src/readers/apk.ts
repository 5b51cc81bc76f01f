import type { FileContent, FoundPackage } from "../layers/layer-result.ts";
import { keepFitting } from "../layers/layer-result.ts";
import { isWorthOwning } from "./owned-path.ts";

type Block = Map<string, string>;

/** Reads apk's installed database: blocks of `K:value` lines; `F:` opens a folder, `R:` names a file in it. */
export function readApkInstalled(bytes: Buffer): FileContent {
  const text = bytes.toString("utf8");
  const found: FoundPackage[] = [];
  const owned: string[] = [];
  let block: Block = new Map();
  const finish = () => {
    const read = readBlock(block);
    if (read !== null) found.push(read);
    block = new Map();
  };
  for (let start = 0; start < text.length;) {
    const newline = text.indexOf("\n", start);
    const end = newline === -1 ? text.length : newline;
    if (end === start) finish();
    else if (text[start + 1] === ":") takeLine(block, owned, text.slice(start, end));
    start = end + 1;
  }
  finish();
  return { is: "os-packages", format: "apk", packages: keepFitting(found).packages, owned };
}

const wantedKeys: ReadonlySet<string> = new Set(["P", "V", "A", "o", "L", "F"]);

function takeLine(block: Block, owned: string[], line: string): void {
  const key = line[0] ?? "";
  const value = line.slice(2).trimEnd();
  if (key === "R") {
    const path = `${block.get("F") ?? ""}/${value}`;
    if (isWorthOwning(path)) owned.push(path);
  } else if (wantedKeys.has(key)) block.set(key, value);
}

function readBlock(block: Block): FoundPackage | null {
  const name = block.get("P") ?? "";
  const version = block.get("V") ?? "";
  if (name === "" || version === "") return null;
  const origin = block.get("o") ?? "";
  const architecture = block.get("A");
  const license = block.get("L") ?? "";
  return {
    name,
    version,
    kind: "os",
    ...(origin !== "" && origin !== name && { sourceName: origin }),
    ...(architecture !== undefined && { architecture: architecture.slice(0, 64) }),
    ...(license !== "" && { licenses: [license.slice(0, 256)] }),
  };
}
