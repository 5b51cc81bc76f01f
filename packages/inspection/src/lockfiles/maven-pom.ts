import type { Declared } from "./declared.ts";
import { resolveProperties } from "./maven-properties.ts";
import type { Properties } from "./maven-properties.ts";
import { childOf, childrenOf, childText, parseXml } from "./parse-xml.ts";
import type { XmlElement } from "./parse-xml.ts";

/**
 * Reads the direct dependencies of a pom.xml, as far as the file itself says their versions: by properties and by its
 * own dependencyManagement. What a parent or an imported list decides is not here, and neither is what dependencies
 * depend on. Dependencies of all profiles are declared, whichever may be active.
 */
export function readMavenPom(bytes: Buffer): Declared[] {
  const project = parseXml(bytes);
  if (project.name !== "project") throw new Error("the root element is not <project>");
  const profiles = childrenOf(childOf(project, "profiles"), "profile");
  const properties = propertiesOf(project, profiles);
  const managed = managedVersions(project, profiles, properties);
  return [project, ...profiles].flatMap((element) =>
    dependenciesOf(element).map((dependency) => {
      const name = nameOf(dependency, properties);
      if (name === null) return { name: childText(dependency, "artifactId") ?? "a dependency", version: null };
      return { name, version: versionOf(dependency, properties) ?? managed.get(name) ?? null };
    }),
  );
}

function dependenciesOf(element: XmlElement | undefined): readonly XmlElement[] {
  return childrenOf(childOf(element, "dependencies"), "dependency");
}

/** What the project says of itself can be named like a property. Later ones win, as in Maven. */
function propertiesOf(project: XmlElement, profiles: readonly XmlElement[]): Properties {
  const properties = new Map<string, string>();
  const parent = childOf(project, "parent");
  for (const key of ["groupId", "artifactId", "version"]) {
    const inherited = childText(parent, key);
    const own = childText(project, key) ?? inherited;
    if (inherited !== null) properties.set(`project.parent.${key}`, inherited);
    if (own !== null) for (const prefix of ["project.", "pom.", ""]) properties.set(`${prefix}${key}`, own);
  }
  for (const element of [project, ...profiles.filter(isActiveByDefault)]) {
    for (const { name, text } of childOf(element, "properties")?.children ?? []) properties.set(name, text.trim());
  }
  return properties;
}

function isActiveByDefault(profile: XmlElement): boolean {
  return childText(childOf(profile, "activation"), "activeByDefault") === "true";
}

function managedVersions(project: XmlElement, profiles: readonly XmlElement[], properties: Properties) {
  const managed = new Map<string, string>();
  for (const element of [project, ...profiles]) {
    for (const dependency of dependenciesOf(childOf(element, "dependencyManagement"))) {
      const name = nameOf(dependency, properties);
      const version = versionOf(dependency, properties);
      if (name !== null && version !== null) managed.set(name, version);
    }
  }
  return managed;
}

function nameOf(dependency: XmlElement, properties: Properties): string | null {
  const group = resolveProperties(childText(dependency, "groupId"), properties);
  const artifact = resolveProperties(childText(dependency, "artifactId"), properties);
  return group === null || artifact === null ? null : `${group}:${artifact}`;
}

/** `[1.0]` is exactly 1.0; all other brackets are ranges, of which Maven takes what the repositories offer. */
function versionOf(dependency: XmlElement, properties: Properties): string | null {
  const version = resolveProperties(childText(dependency, "version"), properties);
  const exact = version === null ? null : (/^\[([^,[\]()]+)\]$/.exec(version)?.[1]?.trim() ?? version);
  return exact === null || /[[\](),]/.test(exact) ? null : exact;
}
