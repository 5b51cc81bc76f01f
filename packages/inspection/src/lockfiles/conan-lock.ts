import { z } from "zod";
import type { Declared } from "./declared.ts";
import { parseJson } from "./parse-document.ts";

const References = z.array(z.string()).optional();
const Second = z.object({ requires: References, build_requires: References, python_requires: References });
const Node = z.object({
  /** Since format 0.4. */
  ref: z.string().nullish(),
  /** Before: the reference and the binary package. */
  pref: z.string().nullish(),
  /** Only the repository's own recipe has one. */
  path: z.string().nullish(),
});
const First = z.object({ graph_lock: z.object({ nodes: z.record(z.string(), z.unknown()) }) });

/** Reads conan.lock of Conan 1 (a graph) and 2 (lists). */
export function readConanLock(bytes: Buffer): Declared[] {
  const lock = parseJson(bytes, z.union([First, Second]));
  if ("graph_lock" in lock) return Object.values(lock.graph_lock.nodes).flatMap(readNode);
  const { requires, build_requires: build, python_requires: python } = lock;
  return [...(requires ?? []), ...(build ?? []), ...(python ?? [])].map(readReference);
}

function readNode(value: unknown): Declared[] {
  const node = Node.safeParse(value).data;
  if (node === undefined) return [{ name: "a package without a reference", version: null }];
  const reference = node.ref ?? node.pref ?? null;
  return reference === null || (node.path ?? "") !== "" ? [] : [readReference(reference)];
}

/** `zlib/1.2.13@user/channel#revision%time:package`. */
function readReference(reference: string): Declared {
  const [, name, version] = /^([^/@#:]+)\/([^/@#:%]+)/.exec(reference) ?? [];
  return name === undefined || version === undefined ? { name: reference, version: null } : { name, version };
}
