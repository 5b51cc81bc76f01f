import type { Labels } from "@rampart/kernel";
import type { RuleCollection } from "../contract/policy.ts";
import type { ResourceKind } from "../contract/resource.ts";

/** What a rule's scope looks at. */
export type Subject = Readonly<{
  resourceKind: ResourceKind;
  /** Every name of an image; empty for a host. */
  imageNames: readonly string[];
  /** Host names: the host itself, or the hosts on which the image lies. */
  hostNames: readonly string[];
  labels: Labels;
}>;

/** Collections are alternatives; the lists inside one must all agree. */
export function isInScope(subject: Subject, collections: readonly RuleCollection[]): boolean {
  return collections.some((collection) => {
    const labels = Object.entries(subject.labels).map(([key, value]) => `${key}:${value}`);
    return (
      isAny(collection.images, subject.imageNames.map(shortImageName), shortImageName) &&
      isAny(collection.hosts, subject.hostNames) &&
      isAny(collection.labels, labels)
    );
  });
}

/** True for an empty list; else one pattern must match a name and no pattern with a leading `-` may. */
function isAny(
  patterns: readonly string[],
  names: readonly string[],
  spell: (pattern: string) => string = (pattern) => pattern,
): boolean {
  if (patterns.length === 0) return true;
  const excluded = patterns.filter((pattern) => pattern.startsWith("-")).map((pattern) => spell(pattern.slice(1)));
  const wanted = patterns.filter((pattern) => !pattern.startsWith("-")).map(spell);
  if (names.some((name) => excluded.some((pattern) => matchesPattern(pattern, name)))) return false;
  return wanted.length === 0 || names.some((name) => wanted.some((pattern) => matchesPattern(pattern, name)));
}

/** `docker.io/library/nginx`, `library/nginx` and `nginx` are one image. */
function shortImageName(name: string): string {
  return name
    .toLowerCase()
    .replace(/^(?:index\.)?docker\.io\//, "")
    .replace(/^library\//, "");
}

/** `*` stands for any text. Works through the pattern once, so that no pattern can make it slow. */
export function matchesPattern(pattern: string, text: string): boolean {
  const parts = pattern.toLowerCase().split("*");
  const name = text.toLowerCase();
  const [first = "", ...rest] = parts;
  if (rest.length === 0) return name === first;
  if (!name.startsWith(first)) return false;
  const last = rest.pop() ?? "";
  let position = first.length;
  for (const part of rest) {
    const found = name.indexOf(part, position);
    if (found < 0) return false;
    position = found + part.length;
  }
  return name.length - last.length >= position && name.endsWith(last);
}
