import type { OsReleaseContent } from "../layers/layer-result.ts";

type Naming = (release: OsReleaseContent) => string | null;

const debianCodenames: ReadonlyMap<string, string> = new Map([
  ["buster", "10"],
  ["bullseye", "11"],
  ["bookworm", "12"],
  ["trixie", "13"],
  ["forky", "14"],
]);

/** Distributions whose advisories exist in OSV form, and how OSV names their releases. */
const namings: ReadonlyMap<string, Naming> = new Map(
  Object.entries<Naming>({
    debian: (release) => {
      const major = majorOf(release) ?? debianCodenames.get(release.codename ?? "") ?? codenameIn(release.name);
      return major === null ? null : `Debian:${major}`;
    },
    ubuntu: (release) => {
      const match = /^(\d\d)\.(\d\d)$/.exec(release.versionId);
      if (match === null) return null;
      const isLongTerm = Number(match[1]) % 2 === 0 && match[2] === "04";
      return `Ubuntu:${release.versionId}${isLongTerm ? ":LTS" : ""}`;
    },
    alpine: (release) => {
      if (release.versionId.includes("_alpha")) return "Alpine:edge";
      const match = /^(\d+\.\d+)/.exec(release.versionId);
      return match === null ? null : `Alpine:v${match[1]}`;
    },
    almalinux: byMajor("AlmaLinux:"),
    rocky: byMajor("Rocky Linux:"),
    rhel: byMajor("Red Hat:enterprise_linux:"),
    // CentOS Linux rebuilt Red Hat's packages without changing their versions; CentOS Stream runs ahead of them.
    centos: (release) => (release.name.includes("Stream") ? null : byMajor("Red Hat:enterprise_linux:")(release)),
    ol: byMajor("Oracle Linux:"),
    amzn: (release) => {
      const major = majorOf(release);
      // The first one was numbered by date.
      return major === null ? null : `Amazon Linux:${major === "2" || Number(major) > 2018 ? major : "1"}`;
    },
    fedora: byMajor("Fedora:"),
    photon: (release) => (/^\d+\.\d+$/.test(release.versionId) ? `Photon OS:${release.versionId}` : null),
    mariner: byMajor("CBL-Mariner:"),
    azurelinux: byMajor("Azure Linux:"),
    wolfi: () => "Wolfi",
    chainguard: () => "Chainguard",
    minimos: () => "MinimOS",
    mageia: byMajor("Mageia:"),
    openeuler: (release) => {
      const match = /(\d\d\.\d\d)(?: \((LTS(?:-SP\d+)?)\))?/.exec(release.name);
      return match === null ? null : `openEuler:${match[1]}${match[2] === undefined ? "" : `-${match[2]}`}`;
    },
    sles: (release) => suseName("SUSE:Linux Enterprise Server ", release),
    sles_sap: (release) => suseName("SUSE:Linux Enterprise Server for SAP Applications ", release),
    sled: (release) => suseName("SUSE:Linux Enterprise Desktop ", release),
    "opensuse-leap": (release) => (release.versionId === "" ? null : `openSUSE:Leap ${release.versionId}`),
    "opensuse-tumbleweed": () => "openSUSE:Tumbleweed",
  }),
);

/** The OSV ecosystem of a distribution's packages; null when nobody publishes advisories that we could read. */
export function ecosystemOf(release: OsReleaseContent): string | null {
  return namings.get(release.id)?.(release) ?? null;
}

function byMajor(prefix: string): Naming {
  return (release) => {
    const major = majorOf(release);
    return major === null ? null : `${prefix}${major}`;
  };
}

function majorOf(release: OsReleaseContent): string | null {
  return /^\d+/.exec(release.versionId)?.[0] ?? null;
}

/** Debian's testing has neither version nor codename field, only "Debian GNU/Linux trixie/sid" as its name. */
function codenameIn(name: string): string | null {
  const match = [...debianCodenames].find(([codename]) => name.includes(`${codename}/sid`));
  return match?.[1] ?? null;
}

function suseName(prefix: string, release: OsReleaseContent): string | null {
  const match = /^(\d+)(?:\.(\d+))?$/.exec(release.versionId);
  if (match === null) return null;
  const servicePack = match[2] === undefined || match[2] === "0" ? "" : ` SP${match[2]}`;
  return `${prefix}${match[1]}${servicePack}`;
}
