import type { InventoryPackage } from "@rampart/inspection/contract";
import type { CustomVulnerability } from "../contract/own-lists.ts";
import type { Knowledge } from "./advisory.ts";
import type { MatchedPackage } from "./match-inventory.ts";
import type { Match } from "./match-package.ts";
import { comparedAs } from "./package-key.ts";
import { versionSchemeOf } from "./versions/version-scheme-of.ts";

/** Where evidence of a project's own entries says that it comes from. */
export const customSource = "custom vulnerabilities";

/**
 * Flaws that the project itself has named, in packages by their installed names. Each package is a group of its own, as
 * nobody says that binaries of one source share such a flaw.
 */
export function matchCustom(
  packages: readonly InventoryPackage[],
  entries: readonly CustomVulnerability[],
): readonly MatchedPackage[] {
  if (entries.length === 0) return [];
  const byName = Map.groupBy(
    entries.filter(({ md5 }) => md5 === undefined),
    ({ packageName }) => packageName,
  );
  return packages.flatMap((found) => {
    const matches = (byName.get(found.name) ?? []).flatMap((entry) => toMatch(found, entry));
    if (matches.length === 0) return [];
    const { name, version } = found.kind === "os" ? comparedAs(found) : found;
    return [{ name, version, found, binaryPackages: found.name === name ? [] : [found.name], matches }];
  });
}

function toMatch(found: InventoryPackage, entry: CustomVulnerability): readonly Match[] {
  if (entry.packageType !== found.kind || !isInRange(found, entry)) return [];
  const { ecosystem, name, version } = found;
  return [
    {
      cve: entry.name,
      aliases: [],
      advisories: [knowledgeOf(found, entry)],
      fixVersion: null,
      status: null,
      evidence: [
        {
          recordId: entry.name,
          source: customSource,
          ecosystem,
          packageName: name,
          range: rangeOf(entry),
          comparedVersion: version,
        },
      ],
    },
  ];
}

function isInRange({ ecosystem, version }: InventoryPackage, { minVersion, maxVersion }: CustomVulnerability): boolean {
  const { compare } = versionSchemeOf(ecosystem);
  const isOldEnough = maxVersion === undefined || compare(version, maxVersion) <= 0;
  return isOldEnough && (minVersion === undefined || compare(version, minVersion) >= 0);
}

function rangeOf({ minVersion, maxVersion }: CustomVulnerability): string {
  const parts = [minVersion && `>= ${minVersion}`, maxVersion && `<= ${maxVersion}`].filter((part) => part);
  return parts.length === 0 ? "all versions" : parts.join(", ");
}

function knowledgeOf({ ecosystem, name }: InventoryPackage, entry: CustomVulnerability): Knowledge {
  const { name: id, severity, reason } = entry;
  return {
    advisory: {
      id,
      source: customSource,
      modifiedAt: new Date(0).toISOString(),
      summary: reason,
      aliases: [],
      cves: [id],
      severity,
    },
    affected: {
      advisoryId: id,
      source: customSource,
      ecosystem,
      packageName: name,
      ranges: [],
      versions: [],
      isNeverAffected: false,
      severity,
    },
  };
}
