import { PackageKind } from "@rampart/inspection/contract";
import type { PackageUseView } from "@rampart/inventory/contract";
import type { ResourceRef } from "../contract.ts";

/** What of a finding tells whose use counts. */
export type FindingPlace = Readonly<{
  packageName: string;
  packageKind: string;
  /** What is installed from the source package; empty when that is `packageName` itself. */
  binaryPackages: readonly string[];
  /** Of packages of languages alone. */
  path: string | null;
}>;

/** A finding of a resource, and what is noted of its use. */
export type UsedFinding = ResourceRef & FindingPlace & Readonly<{ id: string; inUse: boolean | null }>;

type UseOf = (found: Readonly<{ kind: PackageKind; name: string; path?: string }>) => PackageUseView;

/** The strongest use of what a finding is about: one used part of a source package is enough. */
export function useOfFinding(finding: FindingPlace, useOf: UseOf): PackageUseView {
  const kind = PackageKind.catch("binary").parse(finding.packageKind);
  const { binaryPackages, packageName, path } = finding;
  if (kind !== "os") return useOf({ kind, name: packageName, ...(path !== null && { path }) });
  const names = binaryPackages.length === 0 ? [packageName] : binaryPackages;
  const uses = names.map((name) => useOf({ kind, name }));
  const used = uses.filter((use) => use.state === "used").toSorted(byStrength);
  return used[0] ?? uses[0] ?? { state: "unknown" };
}

type Used = Extract<PackageUseView, { state: "used" }>;

function byStrength(left: Used, right: Used): number {
  return evidenceRank.indexOf(left.evidence) - evidenceRank.indexOf(right.evidence);
}

const evidenceRank: readonly Used["evidence"][] = ["executable", "mapped", "opened", "application"];

/** Null while nobody knows. */
export function isInUse(use: PackageUseView): boolean | null {
  return use.state === "unknown" ? null : use.state === "used";
}
