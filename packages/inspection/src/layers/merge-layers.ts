import type { Inventory, InventoryPackage, InventoryWarning, LayerFacts, OsRelease } from "../contract.ts";
import { inventoryLimits } from "../limits.ts";
import { ecosystemOf } from "../readers/ecosystem.ts";
import { warning } from "../warnings.ts";
import type { FoundPackage, LayerContent, OsReleaseContent } from "./layer-result.ts";
import { toInventoryPackage } from "./inventory-package.ts";
import { listSecrets } from "./list-secrets.ts";
import { OwnedPaths } from "./owned-paths.ts";
import { packageKey, stackLayers } from "./layer-stack.ts";
import type { VisibleFile } from "./layer-stack.ts";

/** What an image says about one of its layers; `content` is null when the layer could not be had. */
export type StackedLayer = Readonly<{
  content: LayerContent | null;
  facts: Omit<LayerFacts, "packageCount">;
  /** What went wrong with this layer outside of its content. */
  warnings?: readonly InventoryWarning[];
}>;
export type MergeOptions = Readonly<{
  /** Language packages whose files an OS package owns: its advisories are the right ones. Dropped unless marked. */
  ownedByOs?: "drop" | "mark";
}>;

/** Merges the layers of an image, base first, into what a container made from it would hold. */
export function mergeLayers(layers: readonly StackedLayer[], options: MergeOptions = {}): Inventory {
  const inventory = mergeContents(
    layers.map(({ content }) => content),
    options,
  );
  const counts = new Map<number, number>();
  for (const { layer } of inventory.packages) counts.set(layer ?? 0, (counts.get(layer ?? 0) ?? 0) + 1);
  const own = layers.flatMap(({ warnings = [] }, layer) => warnings.map((problem) => ({ ...problem, layer })));
  return {
    ...inventory,
    layers: layers.map(({ facts }, layer) => ({ ...facts, packageCount: counts.get(layer) ?? 0 })),
    warnings: [...own, ...inventory.warnings].slice(0, inventoryLimits.warningsMax),
  };
}

/** The inventory of a host or folder, which has no layers. */
export function inventoryOfFolder(content: LayerContent, options: MergeOptions = {}): Inventory {
  const inventory = mergeContents([content], options);
  const withoutLayer = <T extends { layer?: number | undefined }>({ layer: _, ...rest }: T) => rest;
  return {
    ...inventory,
    packages: inventory.packages.map(withoutLayer),
    warnings: inventory.warnings.map(withoutLayer),
    ...(inventory.secrets !== undefined && { secrets: inventory.secrets.map(withoutLayer) }),
  };
}

function mergeContents(contents: readonly (LayerContent | null)[], options: MergeOptions): Inventory {
  const visible = stackLayers(contents);
  const os = findOs(visible);
  const owned = new OwnedPaths(Array.from(visible.values(), ({ record }) => record));
  const packages = listPackages(visible, os, owned, options);
  const warnings = [
    ...contents.flatMap((content, layer) => (content?.warnings ?? []).map((problem) => ({ ...problem, layer }))),
    ...problemsOf(visible, owned),
    ...warningsAboutOs(os, packages),
  ];
  if (packages.length > inventoryLimits.packagesMax) {
    warnings.unshift(
      warning("packages-over-limit", `${packages.length} packages, of which ${inventoryLimits.packagesMax} are listed`),
    );
  }
  const secrets = listSecrets(contents, visible, owned);
  return {
    os,
    packages: packages.slice(0, inventoryLimits.packagesMax),
    layers: [],
    warnings: warnings.slice(0, inventoryLimits.warningsMax),
    ...(secrets.length > 0 && { secrets }),
  };
}

function findOs(visible: ReadonlyMap<string, VisibleFile>): OsRelease | null {
  const release = releaseAt(visible, "etc/os-release") ?? releaseAt(visible, "usr/lib/os-release");
  if (release === null) return null;
  const { is: _, ...facts } = release;
  return { ...facts, ecosystem: ecosystemOf(release) };
}

function releaseAt(visible: ReadonlyMap<string, VisibleFile>, path: string): OsReleaseContent | null {
  const content = visible.get(path)?.record.content;
  return content?.is === "os-release" ? content : null;
}

function listPackages(
  visible: ReadonlyMap<string, VisibleFile>,
  os: OsRelease | null,
  owned: OwnedPaths,
  { ownedByOs = "drop" }: MergeOptions,
): InventoryPackage[] {
  const hasAdvisories = publishesAdvisories(os);
  const packages: InventoryPackage[] = [];
  for (const [path, file] of visible) {
    const { content } = file.record;
    if (content === null || !("packages" in content)) continue;
    const isOwned = hasAdvisories && content.is === "packages" && owned.has(path);
    if (isOwned && ownedByOs === "drop") continue;
    const format = content.is === "os-packages" ? content.format : null;
    for (const found of content.packages) {
      packages.push(toInventoryPackage(found, { os, format, path, layer: layerOf(file, found), isOwned }));
    }
  }
  return packages.sort(byKindAndName);
}

/** A distribution that publishes nothing cannot be left to speak for what it owns. */
function publishesAdvisories(os: OsRelease | null): boolean {
  return os !== null && os.ecosystem !== null;
}

function layerOf(file: VisibleFile, found: FoundPackage): number {
  return file.broughtBy.get(packageKey(found)) ?? file.layer;
}

/** What an OS package owns is judged by that package, so it does not matter whether the file itself could be read. */
function problemsOf(visible: ReadonlyMap<string, VisibleFile>, owned: OwnedPaths): InventoryWarning[] {
  const problems: InventoryWarning[] = [];
  for (const [path, { record, layer }] of visible) {
    if (record.problem !== undefined && !owned.has(path)) problems.push({ ...record.problem, layer });
  }
  return problems;
}

function warningsAboutOs(os: OsRelease | null, packages: readonly InventoryPackage[]): InventoryWarning[] {
  const hasOsPackages = packages.some(({ kind }) => kind === "os");
  if (os === null) {
    return hasOsPackages ? [warning("os-unknown", "The distribution is unknown: there is no os-release file")] : [];
  }
  if (os.ecosystem !== null) return [];
  const name = os.name === "" ? `${os.id} ${os.versionId}` : os.name;
  return [warning("os-unsupported", `No advisories are available for ${name}: its packages are listed, not judged`)];
}

function byKindAndName(a: InventoryPackage, b: InventoryPackage): number {
  const isOs = (kind: string) => (kind === "os" ? 0 : 1);
  return (
    isOs(a.kind) - isOs(b.kind) ||
    compare(a.name, b.name) ||
    compare(a.version, b.version) ||
    compare(a.path ?? "", b.path ?? "")
  );
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
