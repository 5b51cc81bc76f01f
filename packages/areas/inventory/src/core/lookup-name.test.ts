import { expect, test } from "vitest";
import { lookupName } from "./lookup-name.ts";

test.for([
  ["Debian names the source package", { ecosystem: "Debian:12", name: "libssl3", sourceName: "openssl" }, "openssl"],
  [
    "Alpine names the source package",
    { ecosystem: "Alpine:v3.18", name: "libcrypto3", sourceName: "openssl" },
    "openssl",
  ],
  [
    "a signed kernel is the kernel",
    { ecosystem: "Debian:12", name: "linux-image-6.1.0-50-amd64", sourceName: "linux-signed-amd64" },
    "linux",
  ],
  [
    "also one of another series",
    { ecosystem: "Ubuntu:22.04:LTS", name: "linux-image-x", sourceName: "linux-signed-hwe-6.5" },
    "linux-hwe-6.5",
  ],
  ["a package that is its own source keeps its name", { ecosystem: "Debian:12", name: "bash" }, "bash"],
  [
    "AlmaLinux names the binary package",
    { ecosystem: "AlmaLinux:9", name: "openssl-libs", sourceName: "openssl" },
    "openssl-libs",
  ],
  ["PyPI names are normalised", { ecosystem: "PyPI", name: "Zope.Interface__x" }, "zope-interface-x"],
  ["npm names keep their scope and case", { ecosystem: "npm", name: "@Babel/core" }, "@Babel/core"],
] as const)("%s", ([, given, name]) => {
  expect(lookupName(given)).toBe(name);
});
