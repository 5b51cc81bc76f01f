import { isIncomplete, type InventoryPackage, type OsRelease } from "../../contract.ts";
import type { SbomOrigin, SbomSubject } from "../sbom-subject.ts";
import { writtenPurl } from "../written-purl.ts";
import { codenameProperty, layerProperty, ownedByOsProperty, warningProperty } from "./properties.ts";

const subjectRef = "subject";

const subjectTypes = { image: "container", host: "device", folder: "application" } as const;

/** A bill of materials in CycloneDX 1.6, without its components. */
export function cycloneDxHead(subject: SbomSubject, { id, createdAt, version }: SbomOrigin) {
  return {
    $schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    serialNumber: `urn:uuid:${id}`,
    version: 1,
    metadata: {
      timestamp: createdAt.toISOString(),
      tools: { components: [{ type: "application", name: "rampart", version }] },
      component: {
        type: subjectTypes[subject.kind],
        "bom-ref": subjectRef,
        name: subject.name,
        ...(subject.version !== "" && { version: subject.version }),
      },
      ...propertyPart(subject.warnings.map(({ code, message }) => [warningProperty, `${code}: ${message}`])),
    },
    compositions: [{ aggregate: isIncomplete(subject) ? "incomplete" : "complete", assemblies: [subjectRef] }],
  };
}

/** Components of a bill of materials, one at a time. */
export function* cycloneDxComponents(subject: SbomSubject): Generator<object> {
  if (subject.os !== null) yield osComponent(subject.os);
  for (const [index, found] of subject.packages.entries()) yield toComponent(found, index, subject.layers);
}

function osComponent({ id, versionId, name, codename }: OsRelease) {
  return {
    type: "operating-system",
    "bom-ref": "operating-system",
    name: id,
    version: versionId,
    description: name,
    ...propertyPart(codename === undefined ? [] : [[codenameProperty, codename]]),
  };
}

/** Members in the order that the XML form prescribes. */
function toComponent(found: InventoryPackage, index: number, layers: readonly string[]) {
  const { kind, version, path, layer, licenses = [], ownedByOs } = found;
  const purl = writtenPurl(found);
  const digest = layer === undefined ? undefined : layers[layer];
  const properties: (readonly [string, string])[] = [
    ...(ownedByOs === true ? [[ownedByOsProperty, "true"] as const] : []),
    ...(digest === undefined ? [] : [[layerProperty, digest] as const]),
  ];
  return {
    type: kind === "binary" ? "application" : "library",
    "bom-ref": `package-${index}`,
    ...namesOf(found),
    version,
    ...(licenses.length > 0 && { licenses: licenses.map((name) => ({ license: { name } })) }),
    ...(purl !== "" && { purl }),
    ...propertyPart(properties),
    ...(path !== undefined && { evidence: { occurrences: [{ location: path }] } }),
  };
}

function namesOf({ kind, name }: InventoryPackage): { group?: string; name: string } {
  const parting = kind === "os" ? -1 : name.lastIndexOf(kind === "jar" ? ":" : "/");
  return parting <= 0 ? { name } : { group: name.slice(0, parting), name: name.slice(parting + 1) };
}

function propertyPart(pairs: readonly (readonly [name: string, value: string])[]) {
  return pairs.length === 0 ? {} : { properties: pairs.map(([name, value]) => ({ name, value })) };
}
