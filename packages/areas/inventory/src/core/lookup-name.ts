/** Distributions whose advisories name source packages; the others (all RPM ones) name binary packages. */
const sourceNamed = /^(Debian|Ubuntu|Alpine|Alpaquita|Chainguard|Wolfi|MinimOS|Echo|BellSoft Hardened Containers)(:|$)/;

/** How registries that ignore case or punctuation write a name, so that advisories and packages spell it the same. */
const spellings: Readonly<Record<string, (name: string) => string>> = {
  // PEP 503: runs of `-`, `_` and `.` are one dash, case does not count.
  PyPI: (name) => name.replaceAll(/[-_.]+/g, "-").toLowerCase(),
  NuGet: (name) => name.toLowerCase(),
  Packagist: (name) => name.toLowerCase(),
  SwiftURL: (name) => name.toLowerCase(),
  "GitHub Actions": (name) => name.toLowerCase(),
};

/** Debian and Ubuntu sign their kernels in a source of its own, of which no advisory speaks: `linux-signed-amd64`. */
function unsignedName(source: string): string {
  const rest = /^linux-signed(-.+?)??(?:-(?:amd64|arm64|i386))?$/.exec(source);
  return rest === null ? source : `linux${rest[1] ?? ""}`;
}

type Named = Readonly<{ ecosystem: string; name: string; sourceName?: string | undefined }>;

/** The name under which advisories of the package's ecosystem speak about it. */
export function lookupName({ ecosystem, name, sourceName }: Named): string {
  if (sourceNamed.test(ecosystem)) return unsignedName(sourceName ?? name);
  return spellings[ecosystem]?.(name) ?? name;
}
