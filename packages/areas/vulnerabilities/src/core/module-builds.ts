import type { InventoryPackage } from "@rampart/inspection/contract";
import type { Advisory } from "./advisory.ts";
import { ecosystemFamily } from "./package-key.ts";

/**
 * Enterprise Linux 8 and 9 ship some packages several times: once plainly and once per stream of a module (nodejs:16,
 * nodejs:18). Their versions run side by side, so a fix of one stream says nothing about another.
 */
const families = new Set(["AlmaLinux", "Rocky Linux", "Red Hat", "CentOS", "Oracle Linux"]);

export function hasModules(ecosystem: string): boolean {
  return families.has(ecosystemFamily(ecosystem));
}

/** Whether a version was built for a module: `1:16.20.2-4.module_el8.9.0+3744+…`, `…module+el8…`. */
export function isModuleBuild(version: string): boolean {
  return /\.module[_+]/.test(version);
}

/** `nodejs:16` as the installed package's database names it; null for a plain package or an older inventory. */
export function streamOf({ purl }: Pick<InventoryPackage, "purl">): string | null {
  const found = /[?&]rpmmod=([^&#]+)/.exec(purl)?.[1];
  if (found === undefined) return null;
  const [name, stream] = found.replaceAll("%3A", ":").replaceAll("%3a", ":").split(":");
  return name === undefined || stream === undefined ? null : `${name}:${stream}`;
}

/** The streams that a notice repairs, as its title says: "Important: nodejs:16 security update". */
export function streamsOf({ summary }: Pick<Advisory, "summary">): readonly string[] {
  const title =
    /^(?:[A-Z][a-z]+: )?(.{0,200}?) (?:security|bug fix|enhancement|update|metadata)/.exec(summary)?.[1] ?? "";
  return title.match(/[A-Za-z0-9][\w.+-]*:[A-Za-z0-9][\w.+-]*/g) ?? [];
}
