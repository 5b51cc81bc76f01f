import type { InventoryPackage } from "@rampart/inspection/contract";
import type { LeftOutReason } from "../contract/left-out.ts";

type NotRunning = Exclude<LeftOutReason, "unreadable-version">;

/** Packages of a distribution that bring nothing which could run, by their names. The first that fits counts. */
const names: readonly Readonly<{ reason: NotRunning; pattern: RegExp }>[] = [
  {
    reason: "kernel-headers",
    pattern:
      /^(?:linux-(?:libc-dev|headers(?:-.+)?|kbuild-.+|source(?:-.+)?)|kernel(?:-.+)?-(?:headers|devel)|kernel-abi-.+)$/,
  },
  { reason: "debug-symbols", pattern: /-(?:dbg|dbgsym|debuginfo|debugsource)$/ },
  { reason: "documentation", pattern: /-(?:doc|docs)$/ },
];

/** Why a package is not compared although advisories name its source; null when it is. */
export function leftOutReason({ kind, name }: Pick<InventoryPackage, "kind" | "name">): NotRunning | null {
  if (kind !== "os") return null;
  return names.find(({ pattern }) => pattern.test(name))?.reason ?? null;
}

const explanations: Readonly<Record<LeftOutReason, string>> = {
  "kernel-headers":
    "kernel headers are text for compilers: the flaws are in a running kernel, which these packages do not bring",
  "debug-symbols": "debug symbols are read by debuggers and never run",
  documentation: "documentation never runs",
  "unreadable-version":
    "the versions are not written as their ecosystem writes versions, so nobody can say whether they are affected",
};

export function explainLeftOut(reason: LeftOutReason): string {
  return explanations[reason];
}
