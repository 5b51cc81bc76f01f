import { messageOf } from "@rampart/kernel";
import { childOf, childrenOf, childText, parseXml, type XmlElement } from "../../lockfiles/parse-xml.ts";
import { notAnSbom } from "../refuse-document.ts";

const namespacePattern = /^https?:\/\/cyclonedx\.org\/schema\/bom\/(\d+\.\d+)$/;

/** Turns the XML form of CycloneDX into what its JSON form would be, as far as packages are concerned. */
export function parseCycloneDxXml(bytes: Buffer): unknown {
  const bom = readXml(bytes);
  const version = namespacePattern.exec(bom.attributes["xmlns"] ?? "")?.[1];
  if (bom.name !== "bom" || version === undefined) {
    throw notAnSbom("the XML is no CycloneDX; SPDX is read as JSON, YAML or tag-value");
  }
  const metadata = childOf(bom, "metadata");
  const subject = childOf(metadata, "component");
  return {
    bomFormat: "CycloneDX",
    specVersion: version,
    ...(metadata !== undefined && {
      metadata: { component: subject && toComponent(subject), properties: propertiesOf(metadata) },
    }),
    components: componentsOf(bom),
  };
}

function readXml(bytes: Buffer): XmlElement {
  try {
    return parseXml(bytes);
  } catch (error) {
    throw notAnSbom(`the XML cannot be read (${messageOf(error)})`);
  }
}

/** Trees are no deeper than the parser of XML allows. */
function componentsOf(element: XmlElement): unknown[] {
  return childrenOf(childOf(element, "components"), "component").map(toComponent);
}

function toComponent(element: XmlElement): unknown {
  const occurrences = childrenOf(childOf(childOf(element, "evidence"), "occurrences"), "occurrence");
  return {
    type: element.attributes["type"],
    name: childText(element, "name"),
    group: childText(element, "group"),
    version: childText(element, "version"),
    description: childText(element, "description"),
    purl: childText(element, "purl"),
    licenses: childOf(element, "licenses")?.children.map(toLicense),
    evidence: { occurrences: occurrences.map((found) => ({ location: childText(found, "location") })) },
    properties: propertiesOf(element),
    components: componentsOf(element),
  };
}

function toLicense(choice: XmlElement): unknown {
  if (choice.name === "expression") return { expression: choice.text.trim() };
  return { license: { id: childText(choice, "id"), name: childText(choice, "name") } };
}

function propertiesOf(element: XmlElement): unknown[] {
  return childrenOf(childOf(element, "properties"), "property").map((property) => ({
    name: property.attributes["name"] ?? "",
    value: property.text.trim(),
  }));
}
