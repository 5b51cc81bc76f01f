import type { FileContent, FoundPackage } from "../layers/layer-result.ts";
import { readSbom } from "../sbom/read-sbom.ts";
import type { InventoryPackage } from "../contract.ts";

/** What Bitnami's images say of a program that they built: an SPDX document beside it. */
export function readBitnamiComponent(bytes: Buffer): FileContent {
  const { packages } = readSbom(bytes).inspection.inventory;
  return { is: "packages", packages: packages.flatMap(toFound) };
}

/** The program itself, and the packages of languages that were built into it. */
function toFound({ name, version, kind, ecosystem, licenses }: InventoryPackage): FoundPackage[] {
  if (kind === "os" || (kind === "binary" && ecosystem !== "Bitnami")) return [];
  const found = { name, version, kind, ...(licenses !== undefined && { licenses }) };
  return [kind === "binary" ? { ...found, registry: "Bitnami" as const } : found];
}
