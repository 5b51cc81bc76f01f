import type { PackageChange } from "@rampart/inventory/contract";

/** One line of the table: what the image has on one side, what the container has on the other. */
export type ChangeRow = Readonly<{
  key: string;
  change: PackageChange["change"];
  name: string;
  kind: string;
  before: string;
  now: string;
  path: string;
}>;

export function toChangeRow({ change, package: found, from }: PackageChange): ChangeRow {
  const { name, kind, version, path = "" } = found;
  return {
    key: `${change} ${found.purl} ${path}`,
    change,
    name,
    kind,
    before: change === "removed" ? version : (from ?? ""),
    now: change === "removed" ? "" : version,
    path,
  };
}
