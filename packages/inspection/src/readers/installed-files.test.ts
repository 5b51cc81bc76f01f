import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { FileContent } from "../layers/layer-result.ts";
import { readComposerInstalled } from "./composer.ts";
import { readDotnetDependencies } from "./dotnet.ts";
import { readGemspec } from "./gem.ts";
import { readJavaRelease } from "./java-release.ts";

const listed = (content: FileContent | null) =>
  content?.is === "packages" ? content.packages.map(({ name, version, kind }) => `${kind} ${name} ${version}`) : [];

const gemspec = `# -*- encoding: utf-8 -*-
# stub: nokogiri 1.13.10 x86_64-linux lib

Gem::Specification.new do |s|
  s.name = "nokogiri".freeze
  s.version = "1.13.10"
  s.platform = "x86_64-linux".freeze

  s.required_rubygems_version = Gem::Requirement.new(">= 0".freeze) if s.respond_to? :required_rubygems_version=
  s.licenses = ["MIT".freeze, "Ruby".freeze]
  s.add_runtime_dependency(%q<racc>.freeze, ["~> 1.4"])
end
`;
const composer = JSON.stringify({
  packages: [
    { name: "Symfony/HTTP-foundation", version: "v5.4.1", version_normalized: "5.4.1.0", license: ["MIT"] },
    { name: "acme/broken" },
    { name: "acme/branch", version: "dev-main" },
  ],
  dev: false,
});
const dotnet = JSON.stringify({
  runtimeTarget: { name: ".NETCoreApp,Version=v6.0/linux-x64" },
  libraries: {
    "Shop/1.0.0": { type: "project", serviceable: false },
    "Newtonsoft.Json/12.0.1": { type: "package", serviceable: true, sha512: "x" },
    "runtimepack.Microsoft.NETCore.App.Runtime.linux-x64/6.0.5": { type: "runtimepack" },
  },
});
const javaRelease = 'IMPLEMENTOR="Eclipse Adoptium"\nJAVA_VERSION="17.0.9"\nJAVA_VERSION_DATE="2023-10-17"\n';

describe("readGemspec", () => {
  test("reads name, version and licences, not the platform or the dependencies", () => {
    expect(readGemspec(Buffer.from(gemspec))).toEqual({
      is: "packages",
      packages: [{ name: "nokogiri", version: "1.13.10", kind: "gem", licenses: ["MIT", "Ruby"] }],
    });
  });

  test.for([
    ['Gem::Specification.new do |s|\n  s.name = %q{rake}\n  s.version = "0.9.2"\n', ["gem rake 0.9.2"]],
    ["# stub: json 2.6.1 ruby lib\nGem::Specification.new do |s|\n", ["gem json 2.6.1"]],
    ["Gem::Specification.new do |s|\n  s.name = NAME\nend\n", []],
    ["", []],
  ] as const)("%j is %j", ([text, expected]) => {
    expect(listed(readGemspec(Buffer.from(text)))).toEqual(expected);
  });
});

describe("readComposerInstalled", () => {
  test("reads the packages of Composer 2, and costs a broken one only itself", () => {
    expect(listed(readComposerInstalled(Buffer.from(composer)))).toEqual([
      "php symfony/http-foundation 5.4.1",
      "php acme/branch dev-main",
    ]);
  });

  test("reads the plain list of Composer 1", () => {
    const list = JSON.stringify([{ name: "monolog/monolog", version: "1.0.0" }]);
    expect(listed(readComposerInstalled(Buffer.from(list)))).toEqual(["php monolog/monolog 1.0.0"]);
  });
});

describe("readDotnetDependencies", () => {
  test("reads packages and the runtime that the program brings, not the program's own projects", () => {
    expect(listed(readDotnetDependencies(Buffer.from(dotnet)))).toEqual([
      "nuget Newtonsoft.Json 12.0.1",
      "nuget Microsoft.NETCore.App.Runtime.linux-x64 6.0.5",
    ]);
  });
});

describe("readJavaRelease", () => {
  test.for([
    [javaRelease, ["binary java 17.0.9"]],
    ['JAVA_VERSION="1.8.0_392"\n', ["binary java 8.0.392"]],
    ['JAVA_VERSION="1.8.0"\n', ["binary java 8.0.0"]],
    ["Origin: Debian\nSuite: stable\n", []],
  ] as const)("%j is %j", ([text, expected]) => {
    expect(listed(readJavaRelease(Buffer.from(text)))).toEqual(expected);
  });
});

describe("whatever the bytes are", () => {
  const samples = [
    [readGemspec, gemspec],
    [readComposerInstalled, composer],
    [readDotnetDependencies, dotnet],
    [readJavaRelease, javaRelease],
  ] as const;

  test.for(samples)("%o gives packages that an inventory can carry, or refuses them as an Error", ([read, sample]) => {
    const mutated = fc.tuple(fc.nat(sample.length), fc.nat(40), fc.string({ unit: "binary", maxLength: 40 }));
    fc.assert(
      fc.property(mutated, ([at, removed, inserted]) => {
        const bytes = Buffer.from(sample.slice(0, at) + inserted + sample.slice(at + removed));
        try {
          const content = read(bytes);
          if (content !== null) expect(content).toMatchObject({ is: "packages" });
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
        }
      }),
    );
  });

  test.for(samples)("%o takes no longer for a megabyte of one letter", ([read]) => {
    for (const letter of [" ", "=", '"', "#", "\n", "s.name = "]) {
      const started = performance.now();
      try {
        read(Buffer.from(letter.repeat(1_000_000 / letter.length)));
      } catch {
        // What makes no sense is refused; only the time counts here.
      }
      expect(performance.now() - started).toBeLessThan(1000);
    }
  });
});
