import { describe, expect, test } from "vitest";
import type { FileContent, FoundPackage } from "../layers/layer-result.ts";
import { readVectorArchive, readVectorRows } from "../testing/vectors.ts";
import { readApkInstalled } from "./apk.ts";
import { readDpkgStatus } from "./dpkg.ts";

const files = readVectorArchive("osdb/os-package-dbs.tar.gz");
const expected = Map.groupBy(readVectorRows("osdb/expected.tsv"), ([file = ""]) => file);

function sortedRows(content: FileContent): string[] {
  const packages = "packages" in content ? content.packages : [];
  return packages.map(toRow).sort();
}

function toRow({ name, version, sourceName = name, sourceVersion }: FoundPackage): string {
  return `${name} ${version} ${sourceName}${sourceVersion === undefined ? "" : ` (${sourceVersion})`}`;
}

describe.for([
  ["/dpkg/testdata/dpkg/", readDpkgStatus],
  ["/debian/testdata/", readDpkgStatus],
  ["/apk/testdata/", readApkInstalled],
  ["/alpine/testdata/", readApkInstalled],
] as const)("databases under %s", ([folder, read]) => {
  const mine = [...expected].filter(([file]) => file.includes(folder));

  test.for(mine)("%s gives the packages that other scanners agree on", ([file, rows]) => {
    const bytes = files.get(file);
    expect(bytes, `the archive holds ${file}`).toBeDefined();
    const wanted = rows.map(
      ([, name = "", version = "", source = ""]) => `${name} ${version} ${source === "" ? name : source}`,
    );
    expect(sortedRows(read(bytes ?? Buffer.alloc(0)))).toEqual(wanted.sort());
  });
});
