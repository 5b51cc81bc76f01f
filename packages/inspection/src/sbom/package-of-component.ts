import { type InventoryPackage, type PackageKind, unsupportedEcosystem } from "../contract.ts";
import { languages } from "../layers/languages.data.ts";
import { keepFitting, type OsReleaseContent } from "../layers/layer-result.ts";
import { inventoryLimits } from "../limits.ts";
import { ecosystemOf } from "../readers/ecosystem.ts";
import { programEcosystem } from "../readers/programs/known-programs.ts";
import { printable } from "../warnings.ts";
import { distributionOfPurl } from "./distribution.ts";
import type { ListedComponent } from "./listed-component.ts";
import { formatPurl, parsePurl, type Purl } from "./purl/parse-purl.ts";
import { sourceOf } from "./source-package.ts";

/** `judged` is false when no advisories can be had for it, which is not the same as clean. */
export type Understood = Readonly<{ found: InventoryPackage; judged: boolean; distribution: OsReleaseContent | null }>;

type Identity = Readonly<{ name: string; kind: PackageKind; ecosystem: string }>;

const osTypes: ReadonlySet<string> = new Set(["deb", "rpm", "apk"]);

/** Registries that OSV knows and that have no kind of their own here. */
const otherRegistries: Readonly<Record<string, string>> = {
  bitnami: "Bitnami",
  githubactions: "GitHub Actions",
  hackage: "Hackage",
  julia: "Julia",
  opam: "opam",
};

/** Entries that stand for an image or a file system as a whole, not for something installed in it. */
const wholeTypes: ReadonlySet<string> = new Set(["oci", "docker"]);

const kindOfPurlType = new Map<string, PackageKind>(
  // Object.entries forgets that the keys are kinds.
  (Object.entries(languages) as [PackageKind, { purlType: string }][]).map(([kind, { purlType }]) => [purlType, kind]),
);

/**
 * What an entry names: a package; "nothing" for what is no package (an image); "unknown" for what cannot be identified
 * well enough to be judged.
 */
export function packageOfComponent(
  listed: ListedComponent,
  os: OsReleaseContent | null,
): Understood | "nothing" | "unknown" {
  const purl = listed.purl === undefined ? null : readPurl(listed.purl);
  if (purl === null) return fallback(listed);
  if (wholeTypes.has(purl.type)) return "nothing";
  const distribution = osTypes.has(purl.type) ? (distributionOfPurl(purl) ?? os) : null;
  const identity = identify(purl, distribution);
  const version = versionOf(purl, listed);
  if (version === "") return "unknown";
  const found = fitting({
    ...identity,
    version,
    ...(identity.kind === "os" && sourceOf(purl, listed, { name: identity.name, version })),
    purl: withoutSource(purl),
    ...furtherFacts(listed, identity.kind),
  });
  if (found === null) return "unknown";
  return { found, judged: !identity.ecosystem.startsWith("Unsupported:"), distribution };
}

/** Syft wrote Alpine's packages with a type of their own before there was one for apk. */
function readPurl(text: string): Purl | null {
  const purl = parsePurl(text);
  return purl?.type === "alpine" ? { ...purl, type: "apk", namespace: "alpine" } : purl;
}

function identify(purl: Purl, distribution: OsReleaseContent | null): Identity {
  const { type, namespace, name } = purl;
  if (osTypes.has(type)) {
    const ecosystem =
      (distribution && ecosystemOf(distribution)) ?? unsupportedEcosystem(distribution?.id ?? namespace);
    return { name, kind: "os", ecosystem };
  }
  const kind = kindOfPurlType.get(type);
  const ecosystem = kind === undefined ? ecosystemWithoutKind(type, name) : languages[kind]?.ecosystem;
  if (ecosystem === undefined) return { name, kind: "binary", ecosystem: unsupportedEcosystem("binary") };
  const full = namespace === "" ? name : `${namespace}${type === "maven" ? ":" : "/"}${name}`;
  return { name: full, kind: kind ?? "binary", ecosystem };
}

function ecosystemWithoutKind(type: string, name: string): string | undefined {
  // Well-known programs have no registry of their own and advisories all the same.
  if (type === "generic") return programEcosystem(name) ?? undefined;
  return Object.hasOwn(otherRegistries, type) ? otherRegistries[type] : undefined;
}

/** rpm writes the epoch apart, and Bitnami the number of its build behind the version that advisories know. */
function versionOf(purl: Purl, listed: ListedComponent): string {
  const version = purl.version === "" ? listed.version : purl.version;
  if (purl.type === "bitnami") return version.replace(/-\d+$/, "");
  const epoch = purl.qualifiers["epoch"] ?? "";
  return purl.type === "rpm" && epoch !== "" && epoch !== "0" && !version.includes(":")
    ? `${epoch}:${version}`
    : version;
}

/** The source is kept in fields of its own, so that one package has one URL whoever wrote the document. */
function withoutSource(purl: Purl): string {
  const { upstream: _, ...qualifiers } = purl.qualifiers;
  return (formatPurl({ ...purl, qualifiers }) ?? "").slice(0, inventoryLimits.purlLengthMax);
}

/** A name without a package URL: listed, so that a reader sees it, and never judged. */
function fallback(listed: ListedComponent): Understood | "unknown" {
  const found = fitting({
    name: listed.name,
    version: listed.version === "" ? "unknown" : listed.version,
    kind: "binary",
    ecosystem: unsupportedEcosystem("binary"),
    purl: "",
    ...furtherFacts(listed, "binary"),
  });
  return found === null ? "unknown" : { found, judged: false, distribution: null };
}

function furtherFacts({ path, licenses, ownedByOs }: ListedComponent, kind: PackageKind): Partial<InventoryPackage> {
  return {
    ...(path !== undefined && path !== "" && kind !== "os" && { path: printable(path, inventoryLimits.pathLengthMax) }),
    ...(licenses !== undefined &&
      licenses.length > 0 && {
        licenses: licenses
          .slice(0, inventoryLimits.licensesMax)
          .map((license) => printable(license, inventoryLimits.licenseLengthMax)),
      }),
    ...(ownedByOs === true && { ownedByOs }),
  };
}

/** Null when the name or version is longer than any that exists, or holds control characters. */
function fitting(found: InventoryPackage): InventoryPackage | null {
  const { name, version, kind, sourceName, sourceVersion } = found;
  const { dropped } = keepFitting([{ name, version, kind, sourceName, sourceVersion }]);
  return dropped === 0 ? found : null;
}
