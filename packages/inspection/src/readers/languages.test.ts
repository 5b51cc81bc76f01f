import { describe, expect, test } from "vitest";
import { languageFileAt } from "./language-file.ts";
import { readNodeModule } from "./npm.ts";
import { readPythonMetadata } from "./python.ts";

describe("languageFileAt", () => {
  test.for([
    ["app/node_modules/lodash/package.json", "npm"],
    ["node_modules/@scope/name/package.json", "npm"],
    ["a/node_modules/b/node_modules/c/package.json", "npm"],
    ["app/package.json", null],
    ["app/node_modules/lodash/fixtures/package.json", null],
    ["app/node_modules/@scope/package.json", null],
    ["usr/lib/python3/dist-packages/requests-2.28.1.dist-info/METADATA", "python"],
    ["usr/lib/python3/dist-packages/six.egg-info/PKG-INFO", "python"],
    ["usr/lib/python3/dist-packages/PyYAML-6.0.egg-info", "python"],
    ["usr/share/doc/METADATA", null],
    ["usr/share/java/log4j.jar", "java"],
    ["opt/App.WAR", "java"],
    ["opt/x.jar.txt", null],
    ["usr/local/bundle/specifications/rack-2.2.3.gemspec", "gem"],
    ["usr/lib/ruby/gems/3.1.0/specifications/default/json-2.6.1.gemspec", "gem"],
    ["usr/share/rubygems-integration/all/specifications/rake-13.0.6.gemspec", "gem"],
    ["app/shop.gemspec", null],
    ["app/vendor/composer/installed.json", "composer"],
    ["app/installed.json", null],
    ["app/Shop.deps.json", "dotnet"],
    ["opt/java/openjdk/release", "javaRelease"],
    ["opt/release.txt", null],
    ["", null],
  ] as const)("%s tells of %s", ([path, language]) => {
    expect(languageFileAt(path)).toBe(language);
  });
});

const only = (content: ReturnType<typeof readNodeModule>) => (content?.is === "packages" ? content.packages[0] : null);

describe("readNodeModule", () => {
  test.for([
    ['{"name":"a","version":"1.0.0","license":"MIT"}', { name: "a", version: "1.0.0", licenses: ["MIT"] }],
    [
      '{"name":"@s/a","version":"v1.0.0","license":{"type":"ISC"}}',
      { name: "@s/a", version: "1.0.0", licenses: ["ISC"] },
    ],
    ['\uFEFF{"name":"a","version":"1.0.0","license":["x"]}', { name: "a", version: "1.0.0" }],
  ] as const)("reads %s", ([text, expected]) => {
    expect(only(readNodeModule(Buffer.from(text)))).toEqual({ kind: "nodejs", ...expected });
  });

  test.for([
    "{}",
    "[]",
    "null",
    '{"name":"a"}',
    '{"name":1,"version":"1"}',
    '{"name":"a\\u0000b","version":"1"}',
    '{"name":"\\ud800","version":"1"}',
  ])("%s is no installed module", (text) => {
    expect(readNodeModule(Buffer.from(text))).toBeNull();
  });
});

describe("readPythonMetadata", () => {
  test("reads the fields, not the description, and names packages as advisories do", () => {
    const text =
      "Metadata-Version: 2.1\r\nName: Zope.Interface_x\r\nVersion: 5.4.0\r\nLicense: ZPL 2.1\r\n\r\nVersion: 9\r\n";
    expect(only(readPythonMetadata(Buffer.from(text)))).toEqual({
      name: "zope-interface-x",
      version: "5.4.0",
      kind: "python",
      licenses: ["ZPL 2.1"],
    });
  });

  test("metadata without a version is no package", () => {
    expect(readPythonMetadata(Buffer.from("Name: x\n"))).toBeNull();
  });

  test("a field of a million spaces takes no longer than any other", () => {
    const started = performance.now();
    readPythonMetadata(Buffer.from(`Name:${" ".repeat(1_000_000)}x\nVersion: 1\n`));
    expect(performance.now() - started).toBeLessThan(500);
  });
});
