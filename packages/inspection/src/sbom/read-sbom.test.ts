import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { isIncomplete } from "../contract.ts";
import { readVector, readVectorArchive } from "../testing/vectors.ts";
import { readSbom, sbomBytesMax } from "./read-sbom.ts";

const read = (document: unknown) =>
  readSbom(Buffer.from(typeof document === "string" ? document : JSON.stringify(document))).inspection.inventory;
const cycloneDx = (components: readonly unknown[], rest: object = {}) =>
  read({ bomFormat: "CycloneDX", specVersion: "1.6", components, ...rest });
const spdx = (packages: readonly unknown[], rest: object = {}) =>
  read({ spdxVersion: "SPDX-2.3", SPDXID: "SPDXRef-DOCUMENT", name: "x", packages, ...rest });
const withPurl = (purl: string) => ({
  name: "x",
  externalRefs: [{ referenceCategory: "PACKAGE-MANAGER", referenceType: "purl", referenceLocator: purl }],
});

type Expected = Readonly<{ file: string; packages: readonly { name: string; version: string }[] | null }>;

describe("documents that others publish as test cases", () => {
  const files = readVectorArchive("lockfiles/osv-scalibr-sbom.fixtures.tar.gz");
  const expected = readVector("lockfiles/osv-scalibr-sbom.expected.jsonl")
    .toString("utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Expected); // shape documented beside the vectors

  /** Where we say otherwise, and why. */
  const deviations: Readonly<Record<string, readonly string[] | "refused">> = {
    // A CPE is no package; the entry's own name and the version in the CPE are.
    "sbom.spdx.json": ["Nginx 1.21.1", "openssl 1.1.1l"],
    "sbom.spdx": ["Nginx 1.21.1", "openssl 1.1.1l"],
    "sbom.spdx.yml": ["Nginx 1.21.1", "openssl 1.1.1l"],
    // RDF is refused in words.
    "sbom.spdx.rdf": "refused",
    // These name an image, not something installed in it.
    ".spdx.dhi-python.json": [],
    ".spdx.dhi-pkg-python.json": [],
    // What has no version is listed as such.
    "external_refs.spdx.json": ["custom-pkg 1.0.0", "flatbuffers 25.9.23", "flatbuffers unknown"],
    // The name that advisories of Maven use has the group in it.
    "descendant_of.spdx.json": ["log4j:log4j 1.2.15"],
    "ancestor_of.spdx.json": ["log4j:log4j 1.2.15"],
    "overlapping_refs.spdx.json": ["log4j:log4j 1.2.15"],
  };

  test.for(expected)("$file", ({ file, packages }) => {
    const bytes = files.get(file) ?? Buffer.alloc(0);
    const wanted =
      deviations[file.split("/").at(-1) ?? ""] ??
      packages?.map(({ name, version }) => `${name} ${version}`).toSorted() ??
      "refused";
    if (wanted === "refused") expect(() => readSbom(bytes)).toThrow("no bill of materials that can be read");
    else {
      const { inventory } = readSbom(bytes).inspection;
      expect(inventory.packages.map(({ name, version }) => `${name} ${version}`).toSorted()).toEqual(wanted);
    }
  });
});

describe("packages of a distribution", () => {
  const debian = { type: "operating-system", name: "debian", version: "12.4" };

  test.for([
    [
      "the entry for the system",
      [debian, { name: "a", purl: "pkg:deb/debian/libssl3@3.0.11-1?arch=amd64" }],
      "Debian:12",
    ],
    [
      "a qualifier of id and version",
      [{ name: "a", purl: "pkg:deb/ubuntu/a@1?distro=ubuntu-22.04" }],
      "Ubuntu:22.04:LTS",
    ],
    ["a qualifier that is a code name", [{ name: "a", purl: "pkg:deb/debian/a@1?distro=bookworm" }], "Debian:12"],
    ["a qualifier that is a version", [{ name: "a", purl: "pkg:apk/alpine/a@1?distro=3.18.4" }], "Alpine:v3.18"],
    [
      "another name of the system",
      [{ name: "a", purl: "pkg:rpm/redhat/a@1?distro=redhat-9.2" }],
      "Red Hat:enterprise_linux:9",
    ],
    ["a system with one archive", [{ name: "a", purl: "pkg:apk/wolfi/a@1" }], "Wolfi"],
  ] as const)("take their advisories from %s", ([, components, ecosystem]) => {
    const inventory = cycloneDx(components);
    expect(inventory.packages).toMatchObject([{ kind: "os", ecosystem }]);
    expect(inventory.os?.ecosystem).toBe(ecosystem);
    expect(inventory.warnings).toEqual([]);
  });

  test.for([
    ["nobody names the distribution", "pkg:deb/debian/a@1", "os-unknown"],
    ["nobody has advisories for it", "pkg:rpm/templeos/a@1?distro=templeos-5", "os-unsupported"],
  ] as const)("are not clean when %s", ([, purl, code]) => {
    const inventory = cycloneDx([{ name: "a", purl }]);
    expect(inventory.warnings).toMatchObject([{ code }]);
    expect(isIncomplete(inventory)).toBe(true);
  });

  test("know their source package, whoever wrote the document", () => {
    const sources = [
      { purl: "pkg:deb/debian/libssl3@3.0.11-1?distro=debian-12&upstream=openssl" },
      { purl: "pkg:deb/debian/libc6@2.36-9+b1?distro=debian-12&upstream=glibc%402.36-9" },
      {
        purl: "pkg:deb/debian/login@1:4.13-1?distro=debian-12",
        properties: [
          { name: "aquasecurity:trivy:SrcName", value: "shadow" },
          { name: "aquasecurity:trivy:SrcVersion", value: "4.13" },
          { name: "aquasecurity:trivy:SrcRelease", value: "1" },
          { name: "aquasecurity:trivy:SrcEpoch", value: "1" },
        ],
      },
      { purl: "pkg:rpm/rhel/libacl@2.3.1-3.el9?distro=rhel-9&epoch=1&upstream=acl-2.3.1-3.el9.src.rpm" },
      {
        purl: "pkg:apk/alpine/ssl_client@1.36?distro=alpine-3.18.4",
        properties: [{ name: "syft:metadata:originPackage", value: "busybox" }],
      },
    ];
    const { packages } = cycloneDx(sources.map((source, index) => ({ type: "library", name: `p${index}`, ...source })));
    expect(
      packages.map(({ name, version, sourceName, sourceVersion }) => [name, version, sourceName, sourceVersion]),
    ).toEqual([
      ["libssl3", "3.0.11-1", "openssl", undefined],
      ["libc6", "2.36-9+b1", "glibc", "2.36-9"],
      ["login", "1:4.13-1", "shadow", undefined],
      ["libacl", "1:2.3.1-3.el9", "acl", undefined],
      ["ssl_client", "1.36", "busybox", undefined],
    ]);
    expect(packages.map(({ purl }) => purl.includes("upstream"))).not.toContain(true);
  });
});

describe("packages of languages", () => {
  test.for([
    ["pkg:npm/%40angular/core@1.0.0", "nodejs", "npm", "@angular/core"],
    ["pkg:npm/@angular/core@1.0.0", "nodejs", "npm", "@angular/core"],
    ["pkg:maven/org.apache.logging.log4j/log4j-core@1.0.0", "jar", "Maven", "org.apache.logging.log4j:log4j-core"],
    ["pkg:pypi/Django_X@1.0.0", "python", "PyPI", "django-x"],
    ["pkg:golang/github.com/Masterminds/goutils@1.0.0", "go", "Go", "github.com/Masterminds/goutils"],
    ["pkg:golang/stdlib@1.0.0", "go", "Go", "stdlib"],
    ["pkg:composer/Symfony/Http-Kernel@1.0.0", "php", "Packagist", "symfony/http-kernel"],
    ["pkg:swift/github.com/vapor/vapor@1.0.0", "swift", "SwiftURL", "github.com/vapor/vapor"],
    ["pkg:nuget/Newtonsoft.Json@1.0.0", "nuget", "NuGet", "Newtonsoft.Json"],
    ["pkg:bitnami/wordpress@1.0.0", "binary", "Bitnami", "wordpress"],
  ] as const)("%s", ([purl, kind, ecosystem, name]) => {
    for (const inventory of [cycloneDx([{ type: "library", name: "x", purl }]), spdx([withPurl(purl)])]) {
      expect(inventory.packages).toMatchObject([{ kind, ecosystem, name, version: "1.0.0" }]);
      expect(inventory.warnings).toEqual([]);
    }
  });
});

describe("what cannot be judged is told", () => {
  test.for([
    ["a library without a package URL", { type: "library", name: "homemade", version: "1" }, "component-unknown"],
    ["a package of no registry", { type: "library", name: "x", purl: "pkg:generic/x@1" }, "component-unknown"],
    ["a package URL that is none", { type: "library", name: "x", purl: "npm:x@1" }, "component-unknown"],
    ["a package without a version", { type: "library", name: "x", purl: "pkg:npm/x" }, "component-unknown"],
    ["a component that is no object", "x", "component-unreadable"],
    ["a component of wrong types", { type: "library", name: ["x"], version: 7 }, "component-unreadable"],
  ] as const)("%s", ([, component, code]) => {
    const inventory = cycloneDx([{ name: "a", purl: "pkg:npm/a@1" }, component]);
    expect(inventory.packages[0]).toMatchObject({ name: "a" });
    expect(inventory.warnings).toMatchObject([{ code }]);
    expect(isIncomplete(inventory)).toBe(true);
  });

  test("files, lock files and the subject itself are no packages, and nothing is missed by leaving them out", () => {
    const inventory = cycloneDx([
      { name: "a", purl: "pkg:npm/a@1" },
      { type: "file", name: "/etc/passwd" },
      { type: "application", name: "app/package-lock.json" },
      { type: "container", name: "shop", purl: "pkg:oci/shop@sha256:00" },
    ]);
    expect(inventory.packages.map(({ name }) => name)).toEqual(["a"]);
    expect(inventory.warnings).toEqual([]);
  });

  test("a document without packages is not clean", () => {
    expect(isIncomplete(cycloneDx([]))).toBe(true);
    expect(isIncomplete(spdx([]))).toBe(true);
  });

  test("a format of the future is read and remarked on", () => {
    const inventory = cycloneDx([{ name: "a", purl: "pkg:npm/a@1" }], { specVersion: "2.0" });
    expect(inventory.packages).toHaveLength(1);
    expect(inventory.warnings).toMatchObject([{ code: "document-incomplete" }]);
  });
});

test("components inside components are found, as deep as vendors nest them and no deeper", () => {
  const nested = (depth: number): object => ({
    type: "library",
    name: `p${depth}`,
    purl: `pkg:npm/p${depth}@1`,
    ...(depth > 1 && { components: [nested(depth - 1)] }),
  });
  expect(cycloneDx([nested(5)]).packages).toHaveLength(5);
  const deep = cycloneDx([nested(100)]);
  expect(deep.packages).toHaveLength(32);
  expect(deep.warnings).toMatchObject([{ code: "document-incomplete" }]);
});

test("dependencies that go round in a circle change nothing", () => {
  const dependencies = [
    { ref: "a", dependsOn: ["b"] },
    { ref: "b", dependsOn: ["a"] },
  ];
  expect(cycloneDx([{ name: "a", "bom-ref": "a", purl: "pkg:npm/a@1" }], { dependencies }).packages).toHaveLength(1);
});

test("SPDX 3 is understood as far as packages go", () => {
  const inventory = read({
    "@context": "https://spdx.org/rdf/3.0.1/spdx-context.jsonld",
    "@graph": [
      { type: "SpdxDocument", name: "shop" },
      { type: "software_Package", name: "a", software_packageUrl: "pkg:npm/a@1" },
      {
        type: "software_Package",
        name: "b",
        externalIdentifier: [{ externalIdentifierType: "packageUrl", identifier: "pkg:pypi/b@2" }],
      },
      { type: "software_File", name: "README" },
    ],
  });
  expect(inventory.packages.map(({ name, version }) => `${name} ${version}`)).toEqual(["a 1", "b 2"]);
});

describe("packed documents", () => {
  const document = { bomFormat: "CycloneDX", specVersion: "1.6", components: [{ name: "a", purl: "pkg:npm/a@1" }] };

  test("are unpacked", () => {
    const packed = gzipSync(JSON.stringify(document));
    expect(readSbom(packed).inspection.inventory.packages).toHaveLength(1);
    expect(() => readSbom(packed.subarray(0, -9))).toThrow("cannot be unpacked");
  });

  test("that are bombs are refused before they fill the memory", () => {
    const zeros = gzipSync(Buffer.alloc(sbomBytesMax + 1), { level: 1 });
    expect(() => readSbom(zeros)).toThrow("cannot be unpacked");
  });
});

describe("what other tools write", () => {
  test("an attestation carries the document inside", () => {
    const predicate = { bomFormat: "CycloneDX", specVersion: "1.4", components: [{ name: "a", purl: "pkg:npm/a@1" }] };
    const payload = Buffer.from(JSON.stringify({ _type: "https://in-toto.io/Statement/v0.1", predicate }));
    const envelope = {
      payloadType: "application/vnd.in-toto+json",
      payload: payload.toString("base64"),
      signatures: [],
    };
    expect(read(envelope).packages).toHaveLength(1);
    expect(() => read({ ...envelope, payload: "AAAA" })).toThrow("JSON is damaged");
  });

  test("packages of Alpine in the older spelling of Syft", () => {
    const purl = "pkg:alpine/libcrypto1.1@1.1.1n-r0?arch=x86_64&upstream=openssl&distro=alpine-3.15.4";
    expect(cycloneDx([{ type: "library", name: "x", purl }]).packages).toMatchObject([
      { ecosystem: "Alpine:v3.15", name: "libcrypto1.1", sourceName: "openssl" },
    ]);
  });

  test("the image and the lock files of a document in tag-value are no packages", () => {
    const inventory = read(
      [
        "SPDXVersion: SPDX-2.2",
        "DocumentName: shop",
        "PackageName: shop.tar",
        "SPDXID: SPDXRef-Image",
        "PackageName: node-pkg",
        "SPDXID: SPDXRef-Application-1",
        "PackageName: debian",
        "SPDXID: SPDXRef-OperatingSystem-1",
        "PackageVersion: 12.4",
        "PackageName: libssl3",
        "PackageSourceInfo: built package from: openssl 3.0.11-1",
        "PackageComment: <text>of two",
        "lines</text>",
        "ExternalRef: PACKAGE-MANAGER purl pkg:deb/debian/libssl3@3.0.11-1?distro=debian-12.4",
        "Relationship: SPDXRef-DOCUMENT DESCRIBES SPDXRef-Image",
      ].join("\n"),
    );
    expect(inventory.packages).toMatchObject([{ name: "libssl3", sourceName: "openssl", ecosystem: "Debian:12" }]);
    expect(inventory.warnings).toEqual([]);
  });
});

describe("files that are no bill of materials are refused in a sentence", () => {
  const deepXml = `<bom xmlns="http://cyclonedx.org/schema/bom/1.6">${"<a>".repeat(1_000)}`;
  test.for([
    ["nothing", ""],
    ["half a document", '{"bomFormat":"CycloneDX","specVersion":"1.6","components":[{"na'],
    ["other JSON", '{"hello":"world"}'],
    ["a list", "[]"],
    ["a head of wrong types", '{"bomFormat":"CycloneDX","specVersion":1.6}'],
    [
      "an XML entity bomb",
      '<!DOCTYPE bom [<!ENTITY a "aaaa">]><bom xmlns="http://cyclonedx.org/schema/bom/1.6">&a;</bom>',
    ],
    ["XML that nests without end", deepXml],
    ["tag-value with a text that never ends", "SPDXVersion: SPDX-2.3\nPackageName: <text>x"],
    ["more values than memory has room for", `{"bomFormat":"CycloneDX","components":[${"{},".repeat(3_100_000)}{}]}`],
  ] as const)("%s", ([, text]) => {
    expect(() => read(text)).toThrow(/bill of materials (that can be read|is larger than can be read)/);
  });
});
