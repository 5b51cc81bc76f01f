import { lookupName } from "@rampart/inventory/core";
import { expect, test } from "vitest";
import { comparedAs } from "./package-key.ts";

/** A re-match finds who holds a package by the name that the inventory stored with it. */
test.for([
  ["Debian:12", "libssl3", "openssl"],
  ["Ubuntu:22.04:LTS", "libssl3", "openssl"],
  ["Alpine:v3.18", "libcrypto3", "openssl"],
  ["Wolfi", "libcrypto3", "openssl"],
  ["Chainguard", "libcrypto3", "openssl"],
  ["MinimOS", "libcrypto3", "openssl"],
  ["Echo", "libcrypto3", "openssl"],
  ["AlmaLinux:9", "openssl-libs", "openssl"],
  ["Debian:12", "linux-image-6.1", "linux-signed-amd64"],
  ["PyPI", "Zope.Interface__x", undefined],
  ["NuGet", "Newtonsoft.Json", undefined],
  ["Packagist", "Symfony/HTTP-Kernel", undefined],
  ["SwiftURL", "github.com/Apple/Swift-NIO", undefined],
  ["GitHub Actions", "Actions/Checkout", undefined],
  ["npm", "@Babel/core", undefined],
  ["Maven", "org.Example:Art", undefined],
] as const)("inventory and advisories write %s %s alike", ([ecosystem, name, sourceName]) => {
  const found = {
    ecosystem,
    name,
    sourceName,
    version: "1",
    kind: sourceName ? "os" : "nodejs",
    purl: "pkg:x/y",
  } as const;
  expect(lookupName(found)).toBe(comparedAs(found).name);
});
