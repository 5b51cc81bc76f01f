import { expect, test } from "vitest";
import { inventoryOfFolder } from "../layers/merge-layers.ts";
import { defaultLimits } from "../limits.ts";
import { chooseReader } from "./choose-reader.ts";

const path = "opt/bitnami/wordpress/.spdx-wordpress.spdx";
const reference = (referenceLocator: string) => ({ externalRefs: [{ referenceType: "purl", referenceLocator }] });
const document = {
  spdxVersion: "SPDX-2.3",
  name: "SPDX document for WordPress 6.2.0",
  packages: [
    {
      name: "wordpress",
      versionInfo: "6.2.0",
      ...reference("pkg:bitnami/wordpress@6.2.0-7?arch=amd64&distro=debian-12"),
    },
    { name: "left", ...reference("pkg:npm/left@1.0.0") },
    { name: "unknown part", versionInfo: "1" },
  ],
};

test("a program that Bitnami built is known by its advisories, without the number of its build", () => {
  const read = chooseReader(path)?.read(Buffer.from(JSON.stringify(document)), path, defaultLimits);
  const content = read?.content ?? null;
  const { packages, warnings } = inventoryOfFolder({
    records: [{ path, content }],
    whiteouts: [],
    opaqueFolders: [],
    silentFiles: [],
    links: [],
    warnings: [],
  });
  expect(packages).toMatchObject([
    { name: "left", ecosystem: "npm" },
    { name: "wordpress", version: "6.2.0", ecosystem: "Bitnami", purl: "pkg:bitnami/wordpress@6.2.0", path },
  ]);
  expect(warnings).toEqual([]);
});

test.for(["opt/other/.spdx-x.spdx", "opt/bitnami/x/y.spdx", "opt/bitnami/a/b/.spdx-x.spdx"])(
  "%s is none of them",
  (other) => {
    expect(chooseReader(other)).toBeNull();
  },
);
