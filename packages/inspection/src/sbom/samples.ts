import type { InventoryPackage } from "../contract.ts";
import { sbomFormats, type SbomOrigin, type SbomSubject, writeSbom } from "./write-sbom.ts";

/** Packages of every shape that a bill of materials has to carry. */
export const samplePackages: readonly InventoryPackage[] = [
  {
    name: "libssl3",
    version: "3.0.11-1~deb12u2",
    kind: "os",
    ecosystem: "Debian:12",
    sourceName: "openssl",
    purl: "pkg:deb/debian/libssl3@3.0.11-1~deb12u2?arch=amd64&distro=debian-12",
    licenses: ["Apache-2.0", "GPL-2+ with <exceptions> & more"],
  },
  {
    name: "libc6",
    version: "2.36-9+deb12u4+b1",
    kind: "os",
    ecosystem: "Debian:12",
    sourceName: "glibc",
    sourceVersion: "2.36-9+deb12u4",
    purl: "pkg:deb/debian/libc6@2.36-9%2Bdeb12u4%2Bb1?arch=amd64&distro=debian-12",
  },
  {
    name: "org.apache.logging.log4j:log4j-core",
    version: "2.14.1",
    kind: "jar",
    ecosystem: "Maven",
    purl: "pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1",
    path: "srv/app.jar!/BOOT-INF/lib/log4j-core-2.14.1.jar",
  },
  {
    name: "@scope/left",
    version: "1.0.0",
    kind: "nodejs",
    ecosystem: "npm",
    purl: "pkg:npm/%40scope/left@1.0.0",
    path: "srv/node_modules/@scope/left/package.json",
    licenses: ["MIT"],
    ownedByOs: true,
  },
  {
    name: "@scope/left",
    version: "1.0.0",
    kind: "nodejs",
    ecosystem: "npm",
    purl: "pkg:npm/%40scope/left@1.0.0",
    path: "opt/node_modules/@scope/left/package.json",
    licenses: ["MIT"],
  },
  {
    name: "homemade",
    version: "7.2.4",
    kind: "binary",
    ecosystem: "Unsupported:binary",
    purl: "pkg:generic/homemade@7.2.4",
    path: "usr/local/bin/homemade",
  },
];

export const sampleOrigin: SbomOrigin = {
  id: "0197b4f0-6a2e-7c3d-9d4e-0123456789ab",
  createdAt: new Date("2026-01-05T10:00:00.123Z"),
  version: "0.1.0",
};

export const sampleSubject: SbomSubject = {
  kind: "image",
  name: 'shop/web:1 "quoted" <tag>',
  version: `sha256:${"ab".repeat(32)}`,
  os: {
    id: "debian",
    versionId: "12",
    name: "Debian GNU/Linux 12 (bookworm)",
    ecosystem: "Debian:12",
    codename: "bookworm",
  },
  packages: samplePackages,
  warnings: [{ code: "file-unreadable", message: "usr/x.jar makes no sense: not a zip archive" }],
  layers: [],
};

export function writtenDocuments(): { format: (typeof sbomFormats)[number]; text: string }[] {
  return sbomFormats.map((format) => ({ format, text: [...writeSbom(format, sampleSubject, sampleOrigin)].join("") }));
}
