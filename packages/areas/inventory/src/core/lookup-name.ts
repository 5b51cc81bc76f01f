/** Distributions whose advisories name source packages; the others (all RPM ones) name binary packages. */
const sourceNamed = /^(Debian|Ubuntu|Alpine|Alpaquita|Chainguard|Wolfi|MinimOS|BellSoft Hardened Containers)(:|$)/;

type Named = Readonly<{ ecosystem: string; name: string; sourceName?: string | undefined }>;

/** The name under which advisories of the package's ecosystem speak about it. */
export function lookupName({ ecosystem, name, sourceName }: Named): string {
  if (sourceNamed.test(ecosystem)) return sourceName ?? name;
  if (ecosystem === "PyPI") return normalizePythonName(name);
  return name;
}

/** PEP 503: runs of `-`, `_` and `.` are one dash, case does not count. */
function normalizePythonName(name: string): string {
  return name.replaceAll(/[-_.]+/g, "-").toLowerCase();
}
