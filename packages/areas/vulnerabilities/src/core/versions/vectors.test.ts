import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { isGoModuleVersion } from "./go.ts";
import { compareVersions, versionSchemeOf } from "./version-scheme-of.ts";
import { isStrictSemver } from "./semver.ts";

/** Tables published by the ecosystems themselves; they lie beside the checkout, not in it. */
const folder = new URL("../../../../../../../shared/data/vectors/versions/", import.meta.url);
const hasVectors = existsSync(folder);

function rows(file: string): readonly (readonly string[])[] {
  const bytes = readFileSync(new URL(file, folder));
  const text = (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => line.split("\t"));
}

const holds: Readonly<Record<string, (order: number) => boolean>> = {
  "<": (order) => order < 0,
  "<=": (order) => order <= 0,
  "=": (order) => order === 0,
  "==": (order) => order === 0,
  ">=": (order) => order >= 0,
  ">": (order) => order > 0,
  "!=": (order) => order !== 0,
};

function disagreements(ecosystem: string, file: string): readonly string[] {
  return rows(file).flatMap(([left = "", operator = "", right = ""]) => {
    const negated = operator.startsWith("not ");
    const check = holds[negated ? operator.slice(4) : operator];
    if (check === undefined) return [];
    const forward = compareVersions(ecosystem, left, right);
    const backward = compareVersions(ecosystem, right, left);
    const agrees = check(forward) !== negated && Math.sign(forward) === -Math.sign(backward);
    return agrees ? [] : [`${left} ${operator} ${right}: got ${forward}, backwards ${backward}`];
  });
}

describe.skipIf(!hasVectors)("version order agrees, line by line and both ways, with", () => {
  test.for([
    ["Debian", "dpkg.t-version.tsv"],
    ["Debian", "dpkg.go-deb-version.tsv"],
    ["AlmaLinux", "rpm.rpmvercmp.tsv"],
    ["AlmaLinux", "rpm.go-rpm-version.tsv.gz"],
    ["Alpine", "apk.version-data.tsv"],
    ["npm", "npm.comparisons.tsv"],
    ["npm", "npm.equality.tsv"],
    ["PyPI", "pypi.order.tsv"],
    ["Maven", "maven.comparable.tsv"],
    ["RubyGems", "rubygems.version.tsv"],
    ["Go", "go.semver.tsv"],
  ] as const)("%s in %s", ([ecosystem, file]) => {
    expect(disagreements(ecosystem, file)).toEqual([]);
  });

  test("Packagist in packagist.comparator.tsv, where branches only compare with numbers", () => {
    const odd = disagreements("Packagist", "packagist.comparator.tsv").filter(
      (line) => !line.startsWith("dev-foo not == dev-"),
    );
    expect(odd).toEqual([]);
  });

  test("NuGet in nuget.comparer.tsv, except that build metadata never tells two versions apart", () => {
    const odd = disagreements("NuGet", "nuget.comparer.tsv").filter(
      (line) => !line.startsWith("1.0.0-BETA+AA != 1.0.0-beta:"),
    );
    expect(odd).toEqual([]);
  });

  test("Alpine about which texts are versions", () => {
    const wrong = rows("apk.valid.tsv").filter(
      ([text = "", verdict]) => versionSchemeOf("Alpine").isVersion(text) !== (verdict === "valid"),
    );
    expect(wrong).toEqual([]);
  });

  test("npm and Go about which texts are not versions", () => {
    expect(rows("npm.invalid.tsv").filter(([text = ""]) => isStrictSemver(text))).toEqual([]);
    const goRows = rows("go.semver.tsv").filter(([, operator]) => operator === "invalid");
    expect(goRows.filter(([text = ""]) => isGoModuleVersion(text))).toEqual([]);
  });

  test("Go about pseudo-versions, which come after the version they are built on", () => {
    const wrong = rows("go.pseudo.tsv").filter(
      ([text = "", kind, base = ""]) =>
        kind === "pseudo" && /^v\d+\.\d+\.\d+/.test(base) && compareVersions("Go", text, base) <= 0,
    );
    expect(wrong).toEqual([]);
  });
});
