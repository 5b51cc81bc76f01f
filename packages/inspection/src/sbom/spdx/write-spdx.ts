import { isIncomplete, type InventoryPackage, type OsRelease } from "../../contract.ts";
import type { SbomOrigin, SbomSubject } from "../sbom-subject.ts";
import { writtenPurl } from "../written-purl.ts";
import { remarkComment } from "./remarks.ts";
import { spdxLicenseIds } from "./spdx-licenses.data.ts";
import { licenseJoin, ownedByOsComment } from "./to-listed.ts";

const subjectId = "SPDXRef-Subject";
const osId = "SPDXRef-OperatingSystem";
const documentId = "SPDXRef-DOCUMENT";
const purposes = { image: "CONTAINER", host: "DEVICE", folder: "SOURCE" } as const;
const nothingSaid = { downloadLocation: "NOASSERTION", filesAnalyzed: false } as const;

/** A bill of materials in SPDX 2.3, without its packages and what relates them. */
export function spdxHead(subject: SbomSubject, { id, createdAt, version }: SbomOrigin, licenses: LicenseNames) {
  const remarks = subject.warnings.map(({ code, message }) => `${code}: ${message}`);
  return {
    spdxVersion: "SPDX-2.3",
    dataLicense: "CC0-1.0",
    SPDXID: documentId,
    name: subject.name,
    documentNamespace: `https://spdx.org/spdxdocs/rampart-${id}`,
    creationInfo: {
      // The format has no fractions of seconds.
      created: createdAt.toISOString().replace(/\.\d+Z$/, "Z"),
      creators: [`Tool: rampart-${version}`],
      ...(isIncomplete(subject) && { comment: "Parts could not be read: see the comment of the document." }),
    },
    ...(remarks.length > 0 && { comment: remarkComment(remarks) }),
    ...(licenses.size > 0 && {
      hasExtractedLicensingInfos: Array.from(licenses, ([name, licenseId]) => ({
        licenseId,
        name,
        extractedText: name,
      })),
    }),
  };
}

/** Packages of a bill of materials, one at a time. */
export function* spdxPackages(subject: SbomSubject, licenses: LicenseNames): Generator<object> {
  yield {
    SPDXID: subjectId,
    name: subject.name,
    ...(subject.version !== "" && { versionInfo: subject.version }),
    ...nothingSaid,
    primaryPackagePurpose: purposes[subject.kind],
  };
  if (subject.os !== null) yield osPackage(subject.os);
  for (const [index, found] of subject.packages.entries()) yield toPackage(found, index, licenses);
}

export function* spdxRelationships({ os, packages }: SbomSubject): Generator<object> {
  yield relationship(documentId, "DESCRIBES", subjectId);
  if (os !== null) yield relationship(subjectId, "CONTAINS", osId);
  for (const index of packages.keys()) yield relationship(subjectId, "CONTAINS", packageId(index));
}

/** Identifiers for licences that SPDX has none for, by their text. */
export type LicenseNames = ReadonlyMap<string, string>;

export function namesOfLicenses({ packages }: SbomSubject): LicenseNames {
  const names = new Map<string, string>();
  for (const { licenses = [] } of packages) {
    for (const text of licenses) {
      if (!spdxLicenseIds.has(text) && !names.has(text)) names.set(text, `LicenseRef-${names.size + 1}`);
    }
  }
  return names;
}

function osPackage({ id, versionId, name }: OsRelease) {
  return {
    SPDXID: osId,
    name: id,
    ...(versionId !== "" && { versionInfo: versionId }),
    summary: name,
    ...nothingSaid,
    primaryPackagePurpose: "OPERATING-SYSTEM",
  };
}

function toPackage(found: InventoryPackage, index: number, names: LicenseNames) {
  const { name, version, path, licenses = [], sourceName, sourceVersion, ownedByOs } = found;
  const purl = writtenPurl(found);
  const isBuilt = sourceName !== undefined || sourceVersion !== undefined;
  return {
    SPDXID: packageId(index),
    name,
    versionInfo: version,
    ...nothingSaid,
    ...(path !== undefined && { packageFileName: path }),
    ...(isBuilt && { sourceInfo: `built package from: ${sourceName ?? name} ${sourceVersion ?? version}` }),
    ...(ownedByOs === true && { comment: ownedByOsComment }),
    licenseConcluded: "NOASSERTION",
    licenseDeclared:
      licenses.length === 0 ? "NOASSERTION" : licenses.map((text) => names.get(text) ?? text).join(licenseJoin),
    ...(purl !== "" && {
      externalRefs: [{ referenceCategory: "PACKAGE-MANAGER", referenceType: "purl", referenceLocator: purl }],
    }),
  };
}

const packageId = (index: number): string => `SPDXRef-Package-${index}`;

function relationship(spdxElementId: string, relationshipType: string, relatedSpdxElement: string) {
  return { spdxElementId, relationshipType, relatedSpdxElement };
}
