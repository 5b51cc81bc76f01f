import { compareVersions } from "../versions/version-scheme-of.ts";
import { affectedUpTo, newestOf, type OsvForm } from "./osv-record.ts";

export type RpmPackage = Readonly<{ name: string; epoch: string; version: string; release: string }>;

/** An update notice of an RPM distribution, whatever it was written in. */
export type RpmNotice = Readonly<{
  id: string;
  title: string;
  severity?: string;
  published?: string;
  modified: string;
  cves: readonly string[];
  packages: readonly RpmPackage[];
  link?: string;
}>;

type Family = Readonly<{ notice: RegExp; release: RegExp; ecosystem(number: string): string }>;

const enterprise = /[._+]el(\d+)/;

/** Whose notice it is says its id; for which release, the mark that all their packages carry. */
const families: readonly Family[] = [
  { notice: /^ALAS/, release: /\.amzn(\d+)/, ecosystem: (number) => `Amazon Linux:${number}` },
  { notice: /^AL[SBE]A-/, release: enterprise, ecosystem: (number) => `AlmaLinux:${number}` },
  { notice: /^RL[SBE]A-/, release: enterprise, ecosystem: (number) => `Rocky Linux:${number}` },
  { notice: /^EL[SBE]A-/, release: enterprise, ecosystem: (number) => `Oracle Linux:${number}` },
  { notice: /^RH[SBE]A-/, release: enterprise, ecosystem: (number) => `Red Hat:enterprise_linux:${number}` },
  { notice: /^FEDORA-(?!EPEL)/, release: /\.fc(\d+)/, ecosystem: (number) => `Fedora:${number}` },
];

/** True for notices of the distributions that are known here. */
export function isKnownNotice(id: string): boolean {
  return families.some(({ notice }) => notice.test(id));
}

/** The notice as a record; null when none of its packages belongs to a release that is known. */
export function toNoticeRecord(notice: RpmNotice): OsvForm | null {
  const family = families.find((one) => one.notice.test(notice.id));
  if (family === undefined) return null;
  const byName = Map.groupBy(
    notice.packages.filter(({ name }) => !/-debug(?:info|source)(?:-|$)/.test(name)),
    (found) => [ecosystemOf(family, found) ?? "", found.name].join("\u0000"),
  );
  const affected = Array.from(byName, ([key, packages]) => {
    const [ecosystem = "", name = ""] = key.split("\u0000");
    const fixed = newestOf(packages.map(versionOf), (left, right) => compareVersions(ecosystem, left, right));
    return affectedUpTo({ ecosystem, name, fixed });
  }).filter(({ package: { ecosystem } }) => ecosystem !== "");
  if (affected.length === 0) return null;
  return {
    id: notice.id,
    modified: notice.modified,
    ...(notice.published !== undefined && { published: notice.published }),
    upstream: [...new Set(notice.cves)],
    summary: notice.title.slice(0, 300),
    affected,
    ...(notice.severity !== undefined && { database_specific: { severity: notice.severity } }),
    ...(notice.link !== undefined && { references: [{ type: "ADVISORY", url: notice.link }] }),
  };
}

function ecosystemOf({ release, ecosystem }: Family, found: RpmPackage): string | null {
  const number = release.exec(`.${found.release}`)?.[1];
  return number === undefined ? null : ecosystem(number);
}

function versionOf({ epoch, version, release }: RpmPackage): string {
  const evr = `${version}-${release}`;
  return epoch === "" || epoch === "0" ? evr : `${epoch}:${evr}`;
}
