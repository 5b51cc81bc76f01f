import type { ListedComponent } from "../listed-component.ts";
import { splitSourceRpm } from "../source-package.ts";
import type { Component } from "./component-schema.ts";
import { ownedByOsProperty, propertiesOf } from "./properties.ts";

type Properties = ReturnType<typeof propertiesOf>;

/** Types whose entries are packages even where no package URL says so. */
const packageTypes: ReadonlySet<string> = new Set(["library", "framework"]);

/** A component as a package; null for files, images and lock files, which stand for no package themselves. */
export function toListed(component: Component): ListedComponent | null {
  const { name } = component;
  const [version, group, purl] = [component.version ?? "", component.group ?? "", component.purl ?? ""];
  if (purl === "" && !isPackage(component.type ?? "library", version)) return null;
  const properties = propertiesOf(component.properties);
  const path = pathOf(component, properties);
  return {
    name: group === "" ? name : `${group}/${name}`,
    version,
    ...(purl !== "" && { purl }),
    ...sourceIn(properties, purl.startsWith("pkg:rpm/")),
    ...(path !== null && { path }),
    licenses: licensesOf(component),
    ownedByOs: properties.one(ownedByOsProperty) === "true",
  };
}

function isPackage(type: string, version: string): boolean {
  return packageTypes.has(type) || (type === "application" && version !== "");
}

function pathOf({ evidence }: Component, { one }: Properties): string | null {
  const occurrence = evidence?.occurrences?.find(({ location }) => (location ?? "") !== "")?.location;
  const told = occurrence ?? one("syft:location:0:path") ?? one("aquasecurity:trivy:FilePath");
  return told === null ? null : told.replace(/^\/+/, "");
}

function licensesOf({ licenses }: Component): string[] {
  return (licenses ?? [])
    .map(({ license, expression }) => license?.id ?? license?.name ?? expression ?? "")
    .filter((text) => text !== "");
}

/** Source packages as Syft and Trivy tell of them, each in properties of its own. */
function sourceIn({ one }: Properties, isRpm: boolean): Pick<ListedComponent, "sourceName" | "sourceVersion"> {
  const sourceRpm = splitSourceRpm(one("syft:metadata:sourceRpm") ?? "");
  if (sourceRpm !== null) return sourceRpm;
  const sourceName =
    one("aquasecurity:trivy:SrcName") ?? one("syft:metadata:source") ?? one("syft:metadata:originPackage");
  const sourceVersion = trivyVersion(one, isRpm) ?? one("syft:metadata:sourceVersion");
  return { ...(sourceName !== null && { sourceName }), ...(sourceVersion !== null && { sourceVersion }) };
}

function trivyVersion(one: Properties["one"], isRpm: boolean): string | null {
  const version = one("aquasecurity:trivy:SrcVersion");
  if (version === null) return null;
  const release = one("aquasecurity:trivy:SrcRelease");
  const epoch = one("aquasecurity:trivy:SrcEpoch") ?? "0";
  const whole = release === null ? version : `${version}-${release}`;
  return epoch === "0" || isRpm ? whole : `${epoch}:${whole}`;
}
