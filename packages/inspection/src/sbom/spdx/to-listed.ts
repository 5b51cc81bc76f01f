import type { ListedComponent } from "../listed-component.ts";
import type { SpdxPackage } from "./package-schema.ts";

/** Entries that stand for an image, a file or a lock file, and for a package only when a package URL says so. */
const wholePurposes: ReadonlySet<string> = new Set([
  "CONTAINER",
  "FILE",
  "SOURCE",
  "ARCHIVE",
  "DEVICE",
  "FIRMWARE",
  "OPERATING-SYSTEM",
  "OPERATING_SYSTEM",
  "INSTALL",
]);

/** How Trivy and Syft named such entries before there were purposes. */
const wholeId = /^SPDXRef-(?:ContainerImage|Application|Filesystem|Repository|DocumentRoot)-/;

/** Says in a package's comment that the distribution's own advisories are the right ones. */
export const ownedByOsComment = "Installed by a package of the operating system.";

export function isOperatingSystem({ primaryPackagePurpose, SPDXID }: SpdxPackage): boolean {
  if (primaryPackagePurpose === "OPERATING-SYSTEM" || primaryPackagePurpose === "OPERATING_SYSTEM") return true;
  return SPDXID?.startsWith("SPDXRef-OperatingSystem") === true;
}

/** The package URL, under whatever type of reference it stands. */
export function purlOf({ externalRefs }: SpdxPackage): string | null {
  const found = externalRefs?.find(({ referenceLocator }) => referenceLocator?.startsWith("pkg:") === true);
  return found?.referenceLocator ?? null;
}

/** A package as it is listed; null for entries that stand for no package themselves. */
export function toListed(found: SpdxPackage, licenseNames: ReadonlyMap<string, string>): ListedComponent | null {
  const purl = purlOf(found);
  const version = versionOf(found);
  if (purl === null && standsForMore(found, version)) return null;
  return {
    name: found.name,
    version,
    ...(purl !== null && { purl }),
    ...sourceIn(found),
    ...(typeof found.packageFileName === "string" && { path: found.packageFileName.replace(/^(?:\.?\/)+/, "") }),
    licenses: licensesOf(found, licenseNames),
    ownedByOs: found.comment === ownedByOsComment,
  };
}

/** A lock file or an image, and not one package. */
function standsForMore({ primaryPackagePurpose, SPDXID }: SpdxPackage, version: string): boolean {
  const purpose = primaryPackagePurpose ?? "";
  return wholePurposes.has(purpose) || wholeId.test(SPDXID ?? "") || (purpose === "APPLICATION" && version === "");
}

export function versionOf(found: SpdxPackage): string {
  return found.versionInfo ?? versionInCpe(found) ?? "";
}

function versionInCpe({ externalRefs }: SpdxPackage): string | null {
  const cpe = externalRefs?.find(({ referenceLocator }) => referenceLocator?.startsWith("cpe:2.3:") === true);
  const version = cpe?.referenceLocator?.split(/(?<!\\):/)[5];
  return version === undefined || version === "*" || version === "-" ? null : version.replaceAll("\\", "");
}

/** `built package from: openssl 3.0.11-1~deb12u2`, as Trivy writes it. */
function sourceIn({ sourceInfo }: SpdxPackage): Pick<ListedComponent, "sourceName" | "sourceVersion"> {
  const match = /^built package from: (\S+)(?: (\S+))?$/.exec((sourceInfo ?? "").slice(0, 1_024));
  if (match === null) return {};
  return { sourceName: match[1] ?? "", ...(match[2] !== undefined && { sourceVersion: match[2] }) };
}

export const licenseJoin = " AND ";

function licensesOf({ licenseDeclared, licenseConcluded }: SpdxPackage, names: ReadonlyMap<string, string>): string[] {
  const told = [licenseDeclared, licenseConcluded].find(
    (text) => typeof text === "string" && text !== "" && text !== "NOASSERTION" && text !== "NONE",
  );
  if (typeof told !== "string") return [];
  const parts = told.includes("(") ? [told] : told.split(licenseJoin);
  return parts.map((part) => names.get(part) ?? part);
}
