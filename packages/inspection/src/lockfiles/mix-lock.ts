import type { Declared } from "./declared.ts";
import { linesOf } from "./decode-text.ts";

const entry = /^\s*"([^"]+)":\s*\{/;
const hexPackage = /\{:hex, :"?([\w.]+)"?, "([^"]+)"/;

/** Reads mix.lock of Elixir and Erlang, a map with one package a line; what comes from git names no version. */
export function readMixLock(bytes: Buffer): Declared[] {
  return linesOf(bytes).flatMap((line) => {
    const key = entry.exec(line)?.[1];
    if (key === undefined)
      return ["%{", "}", "%{}", ""].includes(line.trim()) ? [] : [{ name: line.trim(), version: null }];
    const [, name, version] = hexPackage.exec(line) ?? [];
    return [name === undefined || version === undefined ? { name: key, version: null } : { name, version }];
  });
}
