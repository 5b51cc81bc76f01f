import type { OsReleaseContent } from "../../layers/layer-result.ts";
import { printable } from "../../warnings.ts";
import { osReleaseOf } from "../distribution.ts";
import type { ListedComponent, ListedDocument } from "../listed-component.ts";
import { notAnSbom } from "../refuse-document.ts";
import { Component, Document } from "./component-schema.ts";
import { codenameProperty, propertiesOf, warningProperty } from "./properties.ts";
import { toListed } from "./to-listed.ts";

const knownVersion = /^1\.[0-7]$/;
/** Components inside components; product trees of vendors have about five levels. */
const depthMax = 32;

type Found = { os: OsReleaseContent | null; components: ListedComponent[]; unreadable: string[]; tooDeep: number };

/** Reads CycloneDX, once its JSON or XML has been parsed. A component that makes no sense costs only itself. */
export function readCycloneDx(json: unknown): ListedDocument {
  const parsed = Document.safeParse(json);
  if (!parsed.success) throw notAnSbom("its CycloneDX head is damaged");
  const { metadata, components, specVersion } = parsed.data;
  const subject = Component.safeParse(metadata?.component).data ?? null;
  const found: Found = { os: null, components: [], unreadable: [], tooDeep: 0 };
  walk([components, subject?.components], found);
  const { all } = propertiesOf(metadata?.properties);
  return {
    format: `CycloneDX ${printable(specVersion, 16)}`,
    subject: subject?.name ?? "",
    os: found.os,
    components: found.components,
    unreadable: found.unreadable,
    remarks: [
      ...all.filter(([name]) => name === warningProperty).map(([, value]) => value),
      ...(knownVersion.test(specVersion) ? [] : ["It is written in a newer version than is understood fully"]),
      ...(found.tooDeep > 0 ? [`${found.tooDeep} components lie more than ${depthMax} levels deep`] : []),
    ],
  };
}

type List = Readonly<{ list: unknown; depth: number }>;

function walk(roots: readonly unknown[], found: Found): void {
  const open: List[] = roots.map((list) => ({ list, depth: 1 }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { list, depth } = next;
    if (list === undefined || list === null) continue;
    if (!Array.isArray(list)) found.unreadable.push("a list of components that is no list");
    else if (depth > depthMax) found.tooDeep += list.length;
    else for (const item of list) open.push({ list: visit(item, found), depth: depth + 1 });
  }
}

/** Notes one component and returns the list of those inside it. */
function visit(item: unknown, found: Found): unknown {
  const parsed = Component.safeParse(item);
  if (!parsed.success) {
    found.unreadable.push(nameIn(item));
    return null;
  }
  const component = parsed.data;
  if (component.type === "operating-system") found.os ??= toRelease(component);
  else {
    const listed = toListed(component);
    if (listed !== null) found.components.push(listed);
  }
  return component.components;
}

function nameIn(item: unknown): string {
  const name: unknown = typeof item === "object" && item !== null ? Reflect.get(item, "name") : null;
  return typeof name === "string" ? name : "one without a name";
}

function toRelease(component: Component): OsReleaseContent {
  const { one } = propertiesOf(component.properties);
  const name = one("syft:distro:prettyName") ?? component.description;
  const codename = one("syft:distro:versionCodename") ?? one(codenameProperty);
  return osReleaseOf(one("syft:distro:id") ?? component.name, one("syft:distro:versionID") ?? component.version ?? "", {
    ...(typeof name === "string" && name !== "" && { name }),
    ...(codename !== null && { codename }),
  });
}
