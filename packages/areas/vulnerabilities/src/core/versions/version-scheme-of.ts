import { apk } from "./apk.ts";
import { bitnami } from "./bitnami.ts";
import { conan } from "./conan.ts";
import { dpkg, opam } from "./dpkg.ts";
import { generic } from "./generic.ts";
import { go } from "./go.ts";
import { kernel } from "./kernel.ts";
import { maven } from "./maven.ts";
import { nuget } from "./nuget.ts";
import { numbers } from "./numbers.ts";
import { packagist } from "./packagist.ts";
import { pypi } from "./pypi.ts";
import { rpm } from "./rpm.ts";
import { rubygems } from "./rubygems.ts";
import type { VersionScheme } from "./scheme.ts";
import { semver, semverWithBuild } from "./semver.ts";

/** Ecosystem (the part of the OSV name before the colon) to the rules by which it orders versions. */
const schemes: ReadonlyMap<string, VersionScheme> = new Map(
  Object.entries({
    Debian: dpkg,
    Ubuntu: dpkg,
    Echo: dpkg,
    opam,
    Alpine: apk,
    Wolfi: apk,
    Chainguard: apk,
    MinimOS: apk,
    Alpaquita: apk,
    "BellSoft Hardened Containers": apk,
    AlmaLinux: rpm,
    "Rocky Linux": rpm,
    "Red Hat": rpm,
    CentOS: rpm,
    "Oracle Linux": rpm,
    "Amazon Linux": rpm,
    Fedora: rpm,
    SUSE: rpm,
    openSUSE: rpm,
    "Azure Linux": rpm,
    "CBL-Mariner": rpm,
    "Photon OS": rpm,
    openEuler: rpm,
    Mageia: rpm,
    npm: semver,
    JavaScript: semver,
    "Node.js": semver,
    "crates.io": semver,
    Hex: semver,
    Pub: semverWithBuild,
    SwiftURL: semver,
    Julia: semverWithBuild,
    Bitnami: bitnami,
    VSCode: semver,
    kubernetes: semver,
    "GitHub Actions": semver,
    Go: go,
    PyPI: pypi,
    Maven: maven,
    Jenkins: maven,
    RubyGems: rubygems,
    NuGet: nuget,
    Packagist: packagist,
    ConanCenter: conan,
    CRAN: numbers,
    Bioconductor: numbers,
    Hackage: numbers,
    GHC: numbers,
    Linux: kernel,
  }),
);

/** Names by which people may ask for an order, for messages that list them. */
export const orderedEcosystems: readonly string[] = [...schemes.keys()];

/** The ordering rules of an ecosystem; `Debian:12` and `Debian` follow the same ones. */
export function versionSchemeOf(ecosystem: string): VersionScheme {
  const colon = ecosystem.indexOf(":");
  return schemes.get(colon < 0 ? ecosystem : ecosystem.slice(0, colon)) ?? generic;
}

/** Negative when `left` is older than `right` by the rules of the ecosystem, zero when they are the same version. */
export function compareVersions(ecosystem: string, left: string, right: string): number {
  return versionSchemeOf(ecosystem).compare(left, right);
}

export type { VersionScheme };
