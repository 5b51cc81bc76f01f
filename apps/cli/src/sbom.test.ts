import { mkdir, mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readSbom } from "@rampart/inspection";
import { explainPackages } from "./explain/explain-packages.ts";
import { explanationText } from "./explain/explanation-text.ts";
import { packagesToExplain } from "./explain/packages-to-explain.ts";
import { exitCodeOf } from "./output/exit-codes.ts";
import { readDocument } from "./scan/read-document.ts";
import { writeAdvisories } from "./testing/advisories.ts";
import { rampart } from "./testing/run-rampart.ts";

let folder: string;
const at = (name: string) => path.join(folder, name);
const intel = () => ["--intel", at("intel")];

const document = (components: readonly object[]) =>
  JSON.stringify({ bomFormat: "CycloneDX", specVersion: "1.6", metadata: { component: { name: "shop" } }, components });
const lodash = { type: "library", name: "lodash", purl: "pkg:npm/lodash@4.17.4" };
const libssl = {
  type: "library",
  name: "libssl3",
  purl: "pkg:deb/debian/libssl3@3.0.11-1~deb12u2?distro=debian-12&upstream=openssl",
};
const spdx = JSON.stringify({
  spdxVersion: "SPDX-2.3",
  name: "shop",
  packages: [{ name: "lodash", externalRefs: [{ referenceType: "purl", referenceLocator: "pkg:npm/lodash@4.17.4" }] }],
});

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "rampart-sbom-"));
  await writeAdvisories(at("intel"));
  await writeFile(at("shop.cdx.json"), document([lodash, libssl]));
  await writeFile(at("shop.spdx.json"), spdx);
  await writeFile(
    at("odd.cdx.json"),
    document([
      { ...lodash, purl: "pkg:npm/lodash@4.17.21" },
      { type: "library", name: "own", version: "1" },
    ]),
  );
  await writeFile(at("half.json"), document([lodash, libssl]).slice(0, -40));
  await writeFile(at("large.json"), "{");
  await truncate(at("large.json"), 500_000_000);
  await mkdir(at("root/etc"), { recursive: true });
  await mkdir(at("root/var/lib/dpkg"), { recursive: true });
  await writeFile(
    at("root/etc/os-release"),
    'ID=debian\nVERSION_ID="12"\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\n',
  );
  const status =
    "Package: libssl3\nSource: openssl\nStatus: install ok installed\nArchitecture: amd64\nVersion: 3.0.11-1~deb12u2\n\n";
  await writeFile(at("root/var/lib/dpkg/status"), status);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("rampart sbom scan", () => {
  test("finds what is wrong with the packages of a CycloneDX document", async () => {
    const { code, stdout } = await rampart(["sbom", "scan", at("shop.cdx.json"), ...intel()]);
    expect(stdout).toMatch(/^shop: /);
    expect(stdout).toMatch(/CVE-2024-5535 +high +openssl +3\.0\.11-1~deb12u2 +fixed in 3\.0\.14-1~deb12u1/);
    expect(stdout).toMatch(/CVE-2019-10744 +high +lodash +4\.17\.4 +fixed in 4\.17\.12/);
    expect(code).toBe(0);
  });

  test("reads SPDX from standard input and fails from a severity on", async () => {
    const { code, stdout } = await rampart(
      ["sbom", "scan", "-", ...intel(), "--fail-on", "high", "--output", "json"],
      spdx,
    );
    expect(JSON.parse(stdout).results[0]).toMatchObject({
      vulnerabilityScanPassed: false,
      vulnerabilities: [{ id: "CVE-2019-10744" }],
    });
    expect(code).toBe(1);
  });

  test("a report that cannot be written is wrong usage, said in a sentence", async () => {
    const nowhere = at("no/such/folder/report.json");
    const { code, stderr } = await rampart(["sbom", "scan", at("shop.cdx.json"), "--output-file", nowhere]);
    expect([code, stderr]).toEqual([2, expect.stringContaining(nowhere)]);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test("what nobody can judge is never a pass", async () => {
    const { code, stdout } = await rampart(["sbom", "scan", at("odd.cdx.json"), ...intel()]);
    expect(stdout).toContain("own 1");
    expect([code, stdout]).toEqual([4, expect.stringContaining("Scan incomplete")]);
  });

  test("a file of half a gigabyte is a failed scan, said in a sentence", async () => {
    const { code, stderr } = await rampart(["sbom", "scan", at("large.json"), ...intel()]);
    expect([code, stderr]).toEqual([4, expect.stringMatching(/^rampart: .*larger than 128 MiB/)]);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test.for([
    ["half.json", "the JSON is damaged"],
    ["none.json", "There is no file"],
    ["root", "There is no file"],
  ] as const)("%s fails the scan: %s", async ([name, words]) => {
    const refused = await readDocument(at(name))
      .then(readSbom)
      .catch((error: unknown) => error);
    expect([exitCodeOf(refused), String(refused)]).toEqual([4, expect.stringContaining(words)]);
  });
});

describe("rampart sbom create", () => {
  test("writes a document in which a scan finds the same", async () => {
    const made = await rampart(["sbom", "create", "--rootfs", at("root"), "--format", "spdx-json"]);
    expect([made.code, made.stderr]).toEqual([0, ""]);
    const { code, stdout } = await rampart(["sbom", "scan", "-", ...intel()], made.stdout);
    expect(stdout).toMatch(/CVE-2024-5535 +high +openssl +3\.0\.11-1~deb12u2/);
    expect(code).toBe(0);
  });

  test("tells what it could not read and does not end as if all was well", async () => {
    await mkdir(at("broken/srv"), { recursive: true });
    await writeFile(at("broken/srv/app.jar"), "no zip archive");
    const { code, stderr } = await rampart([
      "sbom",
      "create",
      "--rootfs",
      at("broken"),
      "--output-file",
      at("out.json"),
    ]);
    expect([code, stderr]).toEqual([4, expect.stringContaining("srv/app.jar")]);
  });
});

describe("rampart repository scan", () => {
  test("finds what is wrong with declared packages", async () => {
    await mkdir(at("repo/web/node_modules/lodash"), { recursive: true });
    const lock = {
      lockfileVersion: 3,
      packages: { "": { name: "web" }, "node_modules/lodash": { version: "4.17.4" } },
    };
    await writeFile(at("repo/web/package-lock.json"), JSON.stringify(lock));
    const { code, stdout } = await rampart(["repository", "scan", at("repo"), ...intel(), "--fail-on", "high"]);
    expect([code, stdout]).toEqual([1, expect.stringMatching(/CVE-2019-10744 +high +lodash/)]);
  });
});

describe("rampart function scan", () => {
  test("what is no zip archive is a failed scan, said in a sentence", async () => {
    const { code, stderr } = await rampart(["function", "scan", at("half.json"), ...intel()]);
    expect([code, stderr]).toEqual([4, expect.stringContaining("no zip archive")]);
  });
});

describe("rampart finding explain", () => {
  test("names the record, the source, the range and the comparison", async () => {
    const asked = ["finding", "explain", "CVE-2019-10744", "--package", "lodash@4.17.4", "--ecosystem", "NPM"];
    const { code, stdout } = await rampart([...asked, ...intel()]);
    expect(stdout).toContain("lodash 4.17.4 (npm): affected");
    expect(stdout).toMatch(/GHSA-aaaa-bbbb-cccc +all\.osv\.jsonl\.gz +affected +< 4\.17\.12 +4\.17\.4 is older than/);
    expect(code).toBe(0);
  });

  test("says why a package is not affected", async () => {
    const found = await packagesToExplain(undefined, { package: "lodash@4.17.21", ecosystem: "npm" }, {});
    const { explanations } = await explainPackages(found, "CVE-2019-10744", at("intel"));
    expect(explanations).toMatchObject([{ verdict: "fixed", fixVersion: "4.17.12" }]);
  });

  test("knows that advisories of a distribution name the source package", async () => {
    const options = { package: "libssl3@3.0.11-1", source: "openssl", ecosystem: "debian:12" };
    const { explanations } = await explainPackages(
      await packagesToExplain(undefined, options, {}),
      "DSA-1",
      at("intel"),
    );
    expect(explanations).toMatchObject([{ id: "CVE-2024-5535", verdict: "affected", package: { name: "openssl" } }]);
  });

  test("finds the packages of a document that the flaw is about", async () => {
    const found = await packagesToExplain(undefined, { sbom: at("shop.cdx.json") }, {});
    const { explanations } = await explainPackages(found, "CVE-2024-5535", at("intel"));
    expect(explanations).toMatchObject([{ verdict: "affected", package: { name: "openssl" } }]);
  });

  test("says when packages of a document could not be understood", async () => {
    const found = await packagesToExplain(undefined, { sbom: at("odd.cdx.json") }, {});
    const text = explanationText("CVE-2024-5535", await explainPackages(found, "CVE-2024-5535", at("intel")));
    expect(text).toMatch(/^warning: .*own 1/);
    expect(text).toContain("No record of CVE-2024-5535");
  });

  test("tells that no record speaks of the package", async () => {
    const found = await packagesToExplain(undefined, { package: "@scope/left@1.0", ecosystem: "npm" }, {});
    const explained = await explainPackages(found, "CVE-2024-5535", at("intel"));
    expect(explained.explanations).toMatchObject([{ verdict: "no-record", package: { name: "@scope/left" } }]);
    expect(explanationText("CVE-2024-5535", explained)).toContain("No loaded advisory speaks of");
  });

  test.for([
    ["nothing to explain it for", {}],
    ["a package without a version", { package: "lodash", ecosystem: "npm" }],
    ["a package without an ecosystem", { package: "lodash@1" }],
    ["an ecosystem that nobody knows", { package: "lodash@1", ecosystem: "nonsense" }],
  ] as const)("%s is wrong usage", async ([, options]) => {
    const refused = await packagesToExplain(undefined, options, {}).catch((error: unknown) => error);
    expect(exitCodeOf(refused)).toBe(2);
  });
});
