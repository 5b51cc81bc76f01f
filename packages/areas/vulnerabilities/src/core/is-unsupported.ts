import { isSupportedEcosystem, type InventoryPackage, type OsRelease } from "@rampart/inspection/contract";

type Inspected = Readonly<{ os: OsRelease | null; packages: readonly Pick<InventoryPackage, "kind" | "ecosystem">[] }>;

/** System packages without a supported distribution: their silence must not look like an all-clear. */
export function isUnsupported({ os, packages }: Inspected): boolean {
  const hasSystemPackages = packages.some(({ kind }) => kind === "os");
  if (os === null) return hasSystemPackages && packages.some(({ ecosystem }) => !isSupportedEcosystem(ecosystem));
  return os.ecosystem === null || !isSupportedEcosystem(os.ecosystem);
}
