import type { OsRelease } from "../contract.ts";
import type { OsReleaseContent } from "../layers/layer-result.ts";
import { ecosystemOf } from "../readers/ecosystem.ts";
import { printable } from "../warnings.ts";
import type { Purl } from "./purl/parse-purl.ts";

/** Names that writers of bills of materials give to distributions, and what their os-release calls itself. */
const idOfName: ReadonlyMap<string, string> = new Map([
  ["alma", "almalinux"],
  ["redhat", "rhel"],
  ["red hat enterprise linux", "rhel"],
  ["oracle", "ol"],
  ["oraclelinux", "ol"],
  ["amazon", "amzn"],
  ["amazonlinux", "amzn"],
  ["rockylinux", "rocky"],
  ["suse linux enterprise server", "sles"],
  ["suse", "sles"],
  ["opensuse.leap", "opensuse-leap"],
  ["opensuse.tumbleweed", "opensuse-tumbleweed"],
  ["cbl-mariner", "mariner"],
  ["azure linux", "azurelinux"],
]);

/** Debian and Ubuntu releases that a `distro` qualifier may name by their code name. */
const versionOfCodename: ReadonlyMap<string, readonly [id: string, version: string]> = new Map([
  ["stretch", ["debian", "9"]],
  ["buster", ["debian", "10"]],
  ["bullseye", ["debian", "11"]],
  ["bookworm", ["debian", "12"]],
  ["trixie", ["debian", "13"]],
  ["forky", ["debian", "14"]],
  ["xenial", ["ubuntu", "16.04"]],
  ["bionic", ["ubuntu", "18.04"]],
  ["focal", ["ubuntu", "20.04"]],
  ["jammy", ["ubuntu", "22.04"]],
  ["noble", ["ubuntu", "24.04"]],
]);

export function osIdOf(name: string): string {
  const id = name.trim().toLowerCase();
  return idOfName.get(id) ?? id;
}

/** The distribution as an os-release file would name it, bounded. */
export function osReleaseOf(name: string, versionId: string, rest: Partial<OsReleaseContent> = {}): OsReleaseContent {
  const id = osIdOf(name);
  return {
    is: "os-release",
    id: printable(id, 64),
    versionId: printable(versionId, 64),
    name: printable(rest.name ?? `${name} ${versionId}`.trim(), 256),
    ...(rest.codename !== undefined && { codename: printable(rest.codename, 64) }),
  };
}

/** `distro=debian-12`, `distro=bookworm`, `distro=3.18.4` beside the namespace `alpine`; null when it names none. */
export function distributionOfPurl({ namespace, qualifiers }: Purl): OsReleaseContent | null {
  const distro = (qualifiers["distro"] ?? "").trim();
  const known = versionOfCodename.get(distro.toLowerCase());
  if (known !== undefined) return osReleaseOf(known[0], known[1]);
  const named = /^(.+)-(\d[\w.+]*)$/.exec(distro.slice(0, 128));
  if (named !== null) return osReleaseOf(named[1] ?? "", named[2] ?? "");
  if (/^\d/.test(distro)) return osReleaseOf(namespace, distro);
  if (distro !== "") return osReleaseOf(distro, "");
  // Rolling distributions have one archive, so their name is enough.
  return ["wolfi", "chainguard"].includes(namespace) ? osReleaseOf(namespace, "") : null;
}

export function toOsRelease({ is: _, ...release }: OsReleaseContent): OsRelease {
  return { ...release, ecosystem: ecosystemOf({ is: "os-release", ...release }) };
}
