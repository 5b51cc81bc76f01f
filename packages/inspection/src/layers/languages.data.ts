import type { PackageKind } from "../contract.ts";

type Language = Readonly<{
  /** As OSV names the registry. */
  ecosystem: string;
  /** Type in a package URL. */
  purlType: string;
}>;

/** Registries of languages, whose packages belong to no distribution. Programs without a registry are in none. */
export const languages: Readonly<Partial<Record<PackageKind, Language>>> = {
  nodejs: { ecosystem: "npm", purlType: "npm" },
  python: { ecosystem: "PyPI", purlType: "pypi" },
  jar: { ecosystem: "Maven", purlType: "maven" },
  go: { ecosystem: "Go", purlType: "golang" },
  gem: { ecosystem: "RubyGems", purlType: "gem" },
  rust: { ecosystem: "crates.io", purlType: "cargo" },
  php: { ecosystem: "Packagist", purlType: "composer" },
  nuget: { ecosystem: "NuGet", purlType: "nuget" },
  hex: { ecosystem: "Hex", purlType: "hex" },
  pub: { ecosystem: "Pub", purlType: "pub" },
  swift: { ecosystem: "SwiftURL", purlType: "swift" },
  conan: { ecosystem: "ConanCenter", purlType: "conan" },
  cran: { ecosystem: "CRAN", purlType: "cran" },
};
