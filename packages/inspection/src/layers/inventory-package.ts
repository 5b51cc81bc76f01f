import { unsupportedEcosystem } from "../contract.ts";
import type { InventoryPackage, OsRelease } from "../contract.ts";
import { inventoryLimits } from "../limits.ts";
import { buildPurl } from "../purl.ts";
import { programEcosystem } from "../readers/programs/known-programs.ts";
import { printable } from "../warnings.ts";
import { languages } from "./languages.data.ts";
import type { FoundPackage, OsPackagesContent } from "./layer-result.ts";

export type Place = Readonly<{
  os: OsRelease | null;
  /** Package format of the distribution; null for language packages. */
  format: OsPackagesContent["format"] | null;
  path: string;
  layer: number;
  isOwned: boolean;
}>;

/** Completes a package with what only the whole image tells: distribution, layer, owner. */
export function toInventoryPackage(found: FoundPackage, place: Place): InventoryPackage {
  const { name, version, kind, sourceName, sourceVersion, licenses } = found;
  return {
    name,
    version,
    kind,
    ecosystem: ecosystemFor(found, place),
    ...(sourceName !== undefined && { sourceName }),
    ...(sourceVersion !== undefined && { sourceVersion }),
    purl: purlFor(found, place).slice(0, inventoryLimits.purlLengthMax),
    ...(place.format === null && { path: pathFor(found, place.path) }),
    layer: place.layer,
    ...(licenses !== undefined && {
      licenses: licenses.map((license) => printable(license, inventoryLimits.licenseLengthMax)),
    }),
    ...(place.isOwned && { ownedByOs: true }),
  };
}

function ecosystemFor(found: FoundPackage, { os, format }: Place): string {
  if (format !== null) return os?.ecosystem ?? unsupportedEcosystem(os?.id ?? "");
  if (found.registry !== undefined) return found.registry;
  const program = found.kind === "binary" ? programEcosystem(found.name) : undefined;
  return program ?? languages[found.kind]?.ecosystem ?? unsupportedEcosystem(found.kind);
}

function purlFor(found: FoundPackage, { os, format }: Place): string {
  if (format === null) return languagePurl(found);
  const distribution = os?.id ?? "";
  const [epoch, version] = format === "rpm" ? splitEpoch(found.version) : [undefined, found.version];
  return buildPurl({
    type: format,
    namespace: distribution,
    name: found.name,
    version,
    qualifiers: {
      arch: found.architecture,
      epoch,
      rpmmod: found.module,
      distro: os === null || os.versionId === "" ? undefined : `${distribution}-${os.versionId}`,
    },
  });
}

function splitEpoch(version: string): [string | undefined, string] {
  const colon = version.indexOf(":");
  return colon === -1 ? [undefined, version] : [version.slice(0, colon), version.slice(colon + 1)];
}

function languagePurl({ name, version, kind, registry }: FoundPackage): string {
  const type = registry?.toLowerCase() ?? languages[kind]?.purlType ?? "generic";
  const parting = kind === "jar" ? name.lastIndexOf(":") : name.lastIndexOf("/");
  return buildPurl({ type, namespace: name.slice(0, Math.max(0, parting)), name: name.slice(parting + 1), version });
}

function pathFor(found: FoundPackage, path: string): string {
  const whole = found.innerPath === undefined ? path : `${path}!/${found.innerPath}`;
  return printable(whole, inventoryLimits.pathLengthMax);
}
