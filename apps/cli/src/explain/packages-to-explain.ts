import { type Inventory, type InventoryPackage, readSbom } from "@rampart/inspection";
import { Refusal } from "@rampart/kernel";
import type { CliConfig } from "../config.ts";
import { inspectWithProgress } from "../scan/judge-and-report.ts";
import { readDocument } from "../scan/read-document.ts";
import { sourceOf, type SourceOptions } from "../scan/source.ts";
import { knownEcosystem } from "../versions/known-ecosystem.ts";

export type PackageOptions = SourceOptions &
  Readonly<{ package?: string; ecosystem?: string; source?: string; sbom?: string; repository?: string }>;

export type ToExplain = Readonly<Pick<Inventory, "packages" | "warnings">>;

/** The packages that a flaw is to be explained for: one by name, or all of a bill of materials or an image. */
export async function packagesToExplain(
  reference: string | undefined,
  options: PackageOptions,
  config: CliConfig,
): Promise<ToExplain> {
  if (options.package !== undefined) {
    const found = namedPackage(options.package, options.ecosystem);
    return {
      packages: [{ ...found, ...(options.source !== undefined && { sourceName: options.source }) }],
      warnings: [],
    };
  }
  if (options.sbom !== undefined) return readSbom(await readDocument(options.sbom)).inspection.inventory;
  const source =
    options.repository === undefined
      ? await sourceOf(reference, options, config)
      : ({ kind: "repository", path: options.repository } as const);
  return (await inspectWithProgress(source)).inventory;
}

/** `NAME@VERSION`; the name may hold an `@` itself. */
function namedPackage(text: string, ecosystem: string | undefined): InventoryPackage {
  const at = text.lastIndexOf("@");
  if (at <= 0 || at === text.length - 1) {
    throw new Refusal("invalid", "cli.usage", `"${text}" is no package: write NAME@VERSION, such as lodash@4.17.4.`);
  }
  if (ecosystem === undefined) {
    const message = "Name the ecosystem of the package with --ecosystem, such as npm or Debian:12.";
    throw new Refusal("invalid", "cli.usage", message);
  }
  const known = knownEcosystem(ecosystem);
  return { name: text.slice(0, at), version: text.slice(at + 1), kind: kindOf(known), ecosystem: known, purl: "" };
}

const kinds: ReadonlyMap<string, InventoryPackage["kind"]> = new Map([
  ["npm", "nodejs"],
  ["PyPI", "python"],
  ["Maven", "jar"],
  ["Go", "go"],
  ["RubyGems", "gem"],
  ["crates.io", "rust"],
  ["Packagist", "php"],
  ["NuGet", "nuget"],
  ["Hex", "hex"],
  ["Pub", "pub"],
  ["SwiftURL", "swift"],
  ["ConanCenter", "conan"],
  ["Bitnami", "binary"],
]);

/** Whatever is no registry of a language is a distribution. */
function kindOf(ecosystem: string): InventoryPackage["kind"] {
  return kinds.get(ecosystem) ?? "os";
}
