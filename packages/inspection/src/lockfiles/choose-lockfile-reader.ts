import type { PackageKind } from "../contract.ts";
import type { Reader } from "../readers/reader.ts";
import { readBunLock, refuseBinaryBunLock } from "./bun-lock.ts";
import { readComposerLock } from "./composer-lock.ts";
import { readConanLock } from "./conan-lock.ts";
import { toReaderResult } from "./declared.ts";
import type { Declared } from "./declared.ts";
import { readGemfileLock } from "./gemfile-lock.ts";
import { readGoMod, readGoSum } from "./go-mod.ts";
import { readGradleLock, readGradleVerification } from "./gradle-lock.ts";
import { readMavenPom } from "./maven-pom.ts";
import { readMixLock } from "./mix-lock.ts";
import { readNpmLock } from "./npm-lock.ts";
import { readNugetConfig, readNugetLock } from "./nuget-lock.ts";
import { readPipfileLock } from "./pipfile-lock.ts";
import { readPnpmLock } from "./pnpm-lock.ts";
import { readPubspecLock } from "./pubspec-lock.ts";
import { readRenvLock } from "./renv-lock.ts";
import { readRequirements } from "./requirements.ts";
import { readSwiftResolved } from "./swift-resolved.ts";
import { readCargoLock, readPylock, readPythonLock } from "./toml-lock.ts";
import { readYarnLock } from "./yarn-lock.ts";

const declares = (kind: PackageKind, read: (bytes: Buffer) => readonly Declared[]): Reader => ({
  bytesMax: "lockfileBytesMax",
  read: (bytes) => toReaderResult(kind, read(bytes)),
});

const npmLock = declares("nodejs", readNpmLock);
const pythonLock = declares("python", readPythonLock);
const pylock = declares("python", readPylock);
const requirements = declares("python", readRequirements);
const gradleLock = declares("jar", readGradleLock);
const gemfileLock = declares("gem", readGemfileLock);
const nugetLock = declares("nuget", readNugetLock);

const byName: Readonly<Record<string, Reader>> = {
  "package-lock.json": npmLock,
  "npm-shrinkwrap.json": npmLock,
  "yarn.lock": declares("nodejs", readYarnLock),
  "pnpm-lock.yaml": declares("nodejs", readPnpmLock),
  "bun.lock": declares("nodejs", readBunLock),
  "bun.lockb": { bytesMax: "lockfileBytesMax", read: refuseBinaryBunLock },
  "poetry.lock": pythonLock,
  "pdm.lock": pythonLock,
  "uv.lock": pythonLock,
  "Pipfile.lock": declares("python", readPipfileLock),
  "pom.xml": declares("jar", readMavenPom),
  "gradle.lockfile": gradleLock,
  "buildscript-gradle.lockfile": gradleLock,
  "verification-metadata.xml": declares("jar", readGradleVerification),
  "go.mod": { bytesMax: "lockfileBytesMax", read: readGoMod },
  "go.sum": declares("go", readGoSum),
  "Cargo.lock": declares("rust", readCargoLock),
  "Gemfile.lock": gemfileLock,
  "gems.locked": gemfileLock,
  "composer.lock": declares("php", readComposerLock),
  "packages.config": declares("nuget", readNugetConfig),
  "mix.lock": declares("hex", readMixLock),
  "pubspec.lock": declares("pub", readPubspecLock),
  "Package.resolved": declares("swift", readSwiftResolved),
  "conan.lock": declares("conan", readConanLock),
  "renv.lock": declares("cran", readRenvLock),
};

/** Names with a part of one's own: `requirements-dev.txt`, `requirements/base.txt`, `pylock.web.toml`. */
const byPattern: readonly (readonly [RegExp, Reader])[] = [
  [/(?:^|[/._-])requirements(?:[._-][^/]*)?\.txt$/, requirements],
  [/(?:^|\/)requirements\/[^/]+\.txt$/, requirements],
  [/(?:^|\/)pylock\.(?:[^/.]+\.)?toml$/, pylock],
  [/(?:^|\/)packages\.(?:[^/]+\.)?lock\.json$/, nugetLock],
  [/(?:^|\/)gradle\/dependency-locks\/[^/]+\.lockfile$/, gradleLock],
];

/** The reader for a file that declares what a repository needs, by its path; null for all other files. */
export function chooseLockfileReader(path: string): Reader | null {
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (Object.hasOwn(byName, name)) return byName[name] ?? null;
  return byPattern.find(([pattern]) => pattern.test(path))?.[1] ?? null;
}
