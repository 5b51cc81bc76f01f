/** Parts and products of SUSE Linux Enterprise, all built from the same packages. What is sold longer (LTSS) stays apart. */
const suse =
  /^SUSE:Linux Enterprise (?:Server for SAP Applications|Server|Desktop|High Performance Computing|High Availability Extension|Workstation Extension|Software Development Kit|Module for .+?) (\d+(?: SP\d+)?)$/;

/** Ecosystems are few, and asked about for every package. */
const known = new Map<string, string>();
const knownMax = 10_000;

/**
 * The one spelling of a release under which advisories and inventories meet: `Ubuntu:22.04:LTS` is `Ubuntu:22.04`,
 * `Red Hat:enterprise_linux:9::appstream` is a part of `Red Hat:enterprise_linux:9`, and a module of SUSE is a part of
 * its Server. Ubuntu Pro and Red Hat's extended updates are archives of their own and stay apart.
 */
export function ecosystemKeyOf(ecosystem: string): string {
  const before = known.get(ecosystem);
  if (before !== undefined) return before;
  if (known.size >= knownMax) known.clear();
  const key = keyOf(ecosystem);
  known.set(ecosystem, key);
  return key;
}

function keyOf(ecosystem: string): string {
  const release = suse.exec(ecosystem)?.[1];
  if (release !== undefined) return `SUSE:Linux Enterprise Server ${release}`;
  return ecosystem
    .replace(/^(Ubuntu:.*):LTS$/, "$1")
    .replace(/^(Red Hat:enterprise_linux:\d+)(?:\.\d+)?(?:::.*)?$/, "$1");
}

/** Every spelling under which an inventory may hold packages of a release. */
export function inventoriedAs(key: string): readonly string[] {
  if (key.startsWith("Ubuntu:")) return [key, `${key}:LTS`];
  const release = /^SUSE:Linux Enterprise Server (.*)$/.exec(key)?.[1];
  if (release === undefined) return [key];
  const products = ["Server", "Server for SAP Applications", "Desktop"];
  return products.map((product) => `SUSE:Linux Enterprise ${product} ${release}`);
}

/** What every spelling of a release begins with, for a first look at the text of a record. */
export function beginningOf(key: string): string {
  return key.startsWith("SUSE:") ? "SUSE:" : key;
}
