import { describe, expect, test } from "vitest";
import { defaultLimits } from "../limits.ts";
import { chooseManifestReader } from "./choose-manifest-reader.ts";

const problemOf = (path: string, text: string) =>
  chooseManifestReader(path)?.read(Buffer.from(text), path, defaultLimits).problem;

describe("chooseManifestReader", () => {
  test.for([
    ["package.json", '{"dependencies": {"a": "^1"}}'],
    ["package.json", '{"devDependencies": {\n"a": "^1"}}'],
    ["Pipfile", '[packages]\nflask = "*"'],
    ["pyproject.toml", '[project]\ndependencies = ["flask"]'],
    ["pyproject.toml", '[tool.poetry.group.dev.dependencies]\nflask = "*"'],
    ["Gemfile", 'source "https://rubygems.org"\n  gem "rails"'],
    ["Cargo.toml", '[dependencies]\na = "1"'],
    ["Cargo.toml", '[workspace.dependencies]\na = "1"'],
    ["composer.json", '{"require": {"a/b": "*"}}'],
    ["pubspec.yaml", "name: a\ndependencies:\n  b: any"],
    ["Package.swift", '.package(url: "https://example.com", from: "1.0.0")'],
    ["app/build.gradle.kts", "dependencies {\n implementation(libs.a)\n}"],
    ["web.csproj", '<PackageReference Include="A" Version="1.0.0" />'],
  ] as const)("%s asks for packages: %s", ([path, text]) => {
    expect(problemOf(path, text)).toContain("no lock file");
  });

  test.for([
    ["package.json", '{"type": "module", "dependencies": {}}'],
    ["pyproject.toml", "[tool.ruff]\nline-length = 100"],
    ["Cargo.toml", '[package]\nname = "a"'],
    ["web.csproj", "<Project></Project>"],
  ] as const)("%s asks for none: %s", ([path, text]) => {
    expect(problemOf(path, text)).toBeUndefined();
  });

  const names = ["package.json", "Pipfile", "pyproject.toml", "Gemfile", "Cargo.toml", "composer.json", "mix.exs"];
  const others = ["pubspec.yaml", "Package.swift", "conanfile.py", "build.gradle", "a.csproj"];
  test.for([...names, ...others])("%s: a million signs take no longer than they are long", (path) => {
    const signs = ["\n", " ", "[", "dependencies", '"dependencies" ', "[tool.poetry.", "[dependencies", " \n[", "gem"];
    const start = performance.now();
    for (const sign of signs) problemOf(path, sign.repeat(900_000 / sign.length));
    expect(performance.now() - start).toBeLessThan(3000);
  });

  test("a file that only looks alike is no manifest", () => {
    for (const path of ["package.json5", "my-package.json", "Pipfile.lock", "docs/Gemfile.md", ""]) {
      expect(chooseManifestReader(path)).toBeNull();
    }
  });
});
