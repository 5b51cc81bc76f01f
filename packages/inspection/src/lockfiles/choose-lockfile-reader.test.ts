import { describe, expect, test } from "vitest";
import { chooseLockfileReader } from "./choose-lockfile-reader.ts";

describe("chooseLockfileReader", () => {
  test.for([
    "package-lock.json",
    "apps/web/yarn.lock",
    "requirements.txt",
    "requirements-dev.txt",
    "requirements_test.txt",
    "dev-requirements.txt",
    "requirements/base.txt",
    "pylock.toml",
    "pylock.web.toml",
    "src/packages.lock.json",
    "src/packages.web.lock.json",
    "gradle/verification-metadata.xml",
    "gradle/dependency-locks/compileClasspath.lockfile",
    "buildscript-gradle.lockfile",
    "ios/App.xcworkspace/xcshareddata/swiftpm/Package.resolved",
    "bun.lockb",
    "renv.lock",
  ])("%s declares packages", (path) => {
    expect(chooseLockfileReader(path)).not.toBeNull();
  });

  test.for([
    "package.json",
    "src/requirements.txt.md",
    "myrequirements.txt",
    "docs/requirements/readme.md",
    "pylock.toml.bak",
    "yarn.lock/index.js",
    "constructor",
    "__proto__",
    "",
  ])("%s declares none", (path) => {
    expect(chooseLockfileReader(path)).toBeNull();
  });
});
