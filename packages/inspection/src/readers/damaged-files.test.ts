import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FileContent } from "../layers/layer-result.ts";
import { defaultLimits } from "../limits.ts";
import { damaged, damages } from "../testing/damage.ts";
import { debian12, dpkgStatus, nodeModule, pythonPackage } from "../testing/sample-files.ts";
import { readVector } from "../testing/vectors.ts";
import { buildZip } from "../testing/zip-archive.ts";
import { chooseReader } from "./choose-reader.ts";
import { readRpmDatabase } from "./rpm.ts";

/** One reading of one small file; a healthy one takes less than a millisecond. */
const readingMsMax = 2_000;
const numRuns = 200;

const properties = "version=2.14.1\ngroupId=org.apache.logging.log4j\nartifactId=log4j-core\n";
const manifest = "Manifest-Version: 1.0\nImplementation-Title: shop\nImplementation-Version: 1.2.3\nLong: a\n b\n";
const jar = buildZip({
  "META-INF/MANIFEST.MF": manifest,
  "META-INF/maven/org.apache.logging.log4j/log4j-core/pom.properties": properties,
});
const bitnami = {
  spdxVersion: "SPDX-2.3",
  packages: [
    {
      name: "wordpress",
      versionInfo: "6.2.0",
      externalRefs: [{ referenceType: "purl", referenceLocator: "pkg:bitnami/wordpress@6.2.0-7" }],
    },
  ],
};
const one = (entry: { name: string; body?: string | Buffer }) => [entry.name, Buffer.from(entry.body ?? "")] as const;

describe("a damaged file ends in an error or in what an inventory can carry, and soon", () => {
  test.for([
    one(debian12),
    one(nodeModule("app", "lodash", "4.17.4")),
    one(pythonPackage("django", "3.2.25")),
    one({ name: "opt/bitnami/wordpress/.spdx-wordpress.spdx", body: JSON.stringify(bitnami) }),
    one({ name: "var/lib/dpkg/info/bash.list", body: "/.\n/usr/lib/python3/dist-packages/x.dist-info/METADATA\n" }),
    one({ name: "var/lib/dpkg/status.d/bash.md5sums", body: `${"a".repeat(32)}  usr/share/nodejs/x/package.json\n` }),
    one({ name: "var/lib/dpkg/status.d/bash", body: dpkgStatus({ bash: "5.2" }).body ?? "" }),
    one({ name: "srv/app.jar", body: buildZip({ "WEB-INF/lib/inner.jar": jar, "META-INF/MANIFEST.MF": manifest }) }),
  ])("%s", ([path, whole]) => {
    const reader = chooseReader(path);
    expect(reader?.read(whole, path, defaultLimits).content).not.toBeUndefined();
    fc.assert(
      fc.property(damages, (damage) => {
        const startedAt = performance.now();
        const content = contentOrError(() => reader?.read(damaged(whole, damage), path, defaultLimits).content ?? null);
        if (!(content instanceof Error) && content !== null) FileContent.parse(content);
        expect(performance.now() - startedAt).toBeLessThan(readingMsMax);
      }),
      { numRuns },
    );
  });

  test("the journal of an rpm database, whatever its bytes are", () => {
    const database = readVector("rpmdb/cbl-mariner-2.0__rpmdb.sqlite.gz");
    const head = Buffer.from("377f0682002de218000010000000000000000000000000000000000000000000", "hex");
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 9_000 }), fc.boolean(), (bytes, isJournal) => {
        const journal = isJournal ? Buffer.concat([head, bytes]) : Buffer.from(bytes);
        const content = contentOrError(() => readRpmDatabase(database, journal));
        if (!(content instanceof Error) && content !== null) FileContent.parse(content);
      }),
      { numRuns: 20 },
    );
  });
});

function contentOrError(read: () => FileContent | null): FileContent | null | Error {
  try {
    return read();
  } catch (error) {
    expect(error).toBeInstanceOf(Error);
    return new Error("unreadable", { cause: error });
  }
}
