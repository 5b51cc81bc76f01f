import type { PackageRow, PackageUseView, UseEvidence, UseState } from "../contract.ts";

/** A use as it was seen on all hosts together, by what the look could tell of the package. */
export type ToldUse = Readonly<{
  toldBy: "name" | "file" | "folder";
  packageKind: string;
  subject: string;
  evidence: UseEvidence;
  processes: readonly string[];
  hosts: number;
  firstSeenAt: string;
  lastSeenAt: string;
}>;

/** All that is known of the use of a resource's packages. */
export type ResourceUse = Readonly<{
  /** What holds of a package that nobody was seen using. */
  otherwise: Exclude<UseState, "used">;
  told: readonly ToldUse[];
}>;

type Found = Pick<PackageRow, "kind" | "name" | "path">;

/** Says of packages of one resource whether they are used: by their name, the file that tells of them, or its folder. */
export function useReader({ otherwise, told }: ResourceUse): (found: Found) => PackageUseView {
  const names = mapOf(told, "name");
  const files = mapOf(told, "file");
  const folders = told.filter(({ toldBy }) => toldBy === "folder");
  return (found) => {
    const use = found.kind === "os" ? names.get(found.name) : (files.get(fileOf(found)) ?? below(folders, found));
    return use === undefined ? { state: otherwise } : toView(use);
  };
}

/** A jar within a jar is used as the outer one is. */
function fileOf({ path = "" }: Found): string {
  const inner = path.indexOf("!/");
  return inner === -1 ? path : path.slice(0, inner);
}

/** The nearest folder of dependencies that the package lies below. */
function below(folders: readonly ToldUse[], { kind, path = "" }: Found): ToldUse | undefined {
  let nearest: ToldUse | undefined;
  for (const folder of folders) {
    if (folder.packageKind !== kind || !path.startsWith(folder.subject)) continue;
    if (nearest === undefined || folder.subject.length > nearest.subject.length) nearest = folder;
  }
  return nearest;
}

function mapOf(told: readonly ToldUse[], by: ToldUse["toldBy"]): ReadonlyMap<string, ToldUse> {
  return new Map(told.filter(({ toldBy }) => toldBy === by).map((use) => [use.subject, use]));
}

function toView({ evidence, processes, hosts, firstSeenAt, lastSeenAt }: ToldUse): PackageUseView {
  return { state: "used", evidence, processes: [...processes], hosts, firstSeenAt, lastSeenAt };
}
