import type { FileContent } from "../layers/layer-result.ts";
import { readApkInstalled } from "./apk.ts";
import { readBitnamiComponent } from "./bitnami.ts";
import { readComposerInstalled } from "./composer.ts";
import { readDotnetDependencies } from "./dotnet.ts";
import { readDpkgChecksums, readDpkgList, readDpkgStatus } from "./dpkg.ts";
import { readGemspec } from "./gem.ts";
import { readJavaRelease } from "./java-release.ts";
import { readJavaArchive } from "./java.ts";
import { languageFileAt } from "./language-file.ts";
import type { LanguageFile } from "./language-file.ts";
import { readNodeModule } from "./npm.ts";
import { readOsRelease } from "./os-release.ts";
import { readPythonMetadata } from "./python.ts";
import type { Reader } from "./reader.ts";
import { readSecrets } from "./secrets/read-secrets.ts";
import { mayHoldSecrets } from "./secrets/secret-path.ts";

const wholeFile = (bytesMax: Reader["bytesMax"], read: (bytes: Buffer) => FileContent | null): Reader => ({
  bytesMax,
  read: (bytes) => ({ content: read(bytes) }),
});

const osRelease = wholeFile("manifestBytesMax", readOsRelease);
const dpkgStatus = wholeFile("databaseBytesMax", readDpkgStatus);
const dpkgList = wholeFile("databaseBytesMax", readDpkgList);
const dpkgChecksums = wholeFile("databaseBytesMax", readDpkgChecksums);
const apkInstalled = wholeFile("databaseBytesMax", readApkInstalled);

const secrets: Reader = { bytesMax: "settingsBytesMax", mayPassOver: true, read: readSecrets };

const byLanguage: Readonly<Record<LanguageFile, Reader>> = {
  npm: wholeFile("manifestBytesMax", readNodeModule),
  python: wholeFile("manifestBytesMax", readPythonMetadata),
  gem: wholeFile("manifestBytesMax", readGemspec),
  composer: wholeFile("databaseBytesMax", readComposerInstalled),
  dotnet: wholeFile("databaseBytesMax", readDotnetDependencies),
  javaRelease: wholeFile("manifestBytesMax", readJavaRelease),
  java: { bytesMax: "jarBytesMax", read: readJavaArchive },
  bitnami: wholeFile("manifestBytesMax", readBitnamiComponent),
};

const byPath: Readonly<Record<string, Reader>> = {
  "etc/os-release": osRelease,
  "usr/lib/os-release": osRelease,
  "var/lib/dpkg/status": dpkgStatus,
  "lib/apk/db/installed": apkInstalled,
  "usr/lib/apk/db/installed": apkInstalled,
};

const statusFolder = "var/lib/dpkg/status.d/";
const listFolder = "var/lib/dpkg/info/";
/** Names of packages hold dots themselves (`libssl1.1`), so what is no package has to be named. */
const notPackages = /\.(?:list|conffiles|preinst|postinst|prerm|postrm|triggers|shlibs|symbols|templates|config)$/;

/** The reader for a path relative to the root, or null for the many that tell of no package. */
export function chooseReader(path: string): Reader | null {
  const language = languageFileAt(path);
  if (language !== null) return byLanguage[language];
  const first = path.charCodeAt(0);
  // Only etc, lib, usr and var hold the databases of a distribution.
  if (first === 0x65 || first === 0x6c || first === 0x75 || first === 0x76) {
    if (path.startsWith("var/lib/dpkg/")) return chooseDpkgReader(path);
    if (Object.hasOwn(byPath, path)) return byPath[path] ?? null;
  }
  return mayHoldSecrets(path) ? secrets : null;
}

function chooseDpkgReader(path: string): Reader | null {
  if (path.startsWith(listFolder)) return path.endsWith(".list") ? dpkgList : null;
  if (!path.startsWith(statusFolder)) return path === "var/lib/dpkg/status" ? dpkgStatus : null;
  if (path.endsWith(".md5sums")) return dpkgChecksums;
  return notPackages.test(path) ? null : dpkgStatus;
}

const rpmDatabase =
  /^(?:var\/lib\/rpm|usr\/lib\/sysimage\/rpm|usr\/share\/rpm)\/(?:rpmdb\.sqlite|Packages|Packages\.db)$/;
const rpmJournal = /^(?:var\/lib\/rpm|usr\/lib\/sysimage\/rpm|usr\/share\/rpm)\/rpmdb\.sqlite-wal$/;

/** rpm's database and its journal are two files that only make sense together. */
export function rpmPartAt(path: string): "database" | "journal" | null {
  if (path.charCodeAt(0) !== 0x76 && path.charCodeAt(0) !== 0x75) return null;
  if (rpmDatabase.test(path)) return "database";
  return rpmJournal.test(path) ? "journal" : null;
}
