import type { InventoryPackage } from "@rampart/inspection/contract";
import { ecosystemKeyOf } from "./ecosystem-key.ts";

/** Distributions whose advisories name source packages; all others name what is installed. */
const namesSources = new Set([
  "Debian",
  "Ubuntu",
  "Alpine",
  "Alpaquita",
  "BellSoft Hardened Containers",
  "Wolfi",
  "Chainguard",
  "MinimOS",
  "Echo",
]);

/** How registries that ignore case or punctuation write a name, so that both sides spell it the same. */
const spellings: Readonly<Record<string, (name: string) => string>> = {
  PyPI: (name) => name.toLowerCase().replace(/[-_.]+/g, "-"),
  NuGet: (name) => name.toLowerCase(),
  Packagist: (name) => name.toLowerCase(),
  SwiftURL: (name) => name.toLowerCase(),
  "GitHub Actions": (name) => name.toLowerCase(),
};

export type PackageKey = Readonly<{ ecosystem: string; name: string }>;

export function ecosystemFamily(ecosystem: string): string {
  const colon = ecosystem.indexOf(":");
  return colon < 0 ? ecosystem : ecosystem.slice(0, colon);
}

/** The one spelling under which advisories and inventories meet. */
export function packageKeyOf(ecosystem: string, name: string): PackageKey {
  const spell = spellings[ecosystemFamily(ecosystem)];
  return { ecosystem: ecosystemKeyOf(ecosystem), name: spell === undefined ? name : spell(name) };
}

/** Under which name and version the advisories of its ecosystem know an installed package. */
export function comparedAs(found: InventoryPackage): PackageKey & Readonly<{ version: string }> {
  const { ecosystem, name, version, sourceName, sourceVersion } = found;
  if (!namesSources.has(ecosystemFamily(ecosystem))) return { ...packageKeyOf(ecosystem, name), version };
  const unsigned = unsignedName(sourceName ?? name);
  const key = packageKeyOf(ecosystem, unsigned ?? sourceName ?? name);
  return { ...key, version: unsigned === null ? (sourceVersion ?? version) : version };
}

/**
 * Debian and Ubuntu sign their kernels in a source of its own (`linux-signed-amd64`, version 6.1.176+1), of which no
 * advisory speaks. What is installed from it carries the version of the source `linux` (6.1.176-1).
 */
function unsignedName(source: string): string | null {
  if (!source.startsWith("linux-signed")) return null;
  const rest = /^linux-signed(-.+?)??(?:-(?:amd64|arm64|i386))?$/.exec(source);
  return rest === null ? null : `linux${rest[1] ?? ""}`;
}

export function keyText(key: PackageKey): string {
  return `${key.ecosystem}\u0000${key.name}`;
}
