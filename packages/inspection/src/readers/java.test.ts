import { describe, expect, test } from "vitest";
import { defaultLimits } from "../limits.ts";
import { buildZip } from "../testing/zip-archive.ts";
import { readJavaArchive } from "./java.ts";

function pom(group: string, artifact: string, version: string): Record<string, string> {
  const body = `#Generated\n#Mon\nversion=${version}\ngroupId=${group}\nartifactId=${artifact}\n`;
  return { [`META-INF/maven/${group}/${artifact}/pom.properties`]: body };
}

function read(files: Readonly<Record<string, string | Buffer>>, path: string, limits = defaultLimits) {
  const { content, problem } = readJavaArchive(buildZip(files), path, limits);
  const found = content?.is === "packages" ? content.packages : [];
  return {
    problem,
    packages: found.map(({ name, version, innerPath }) => `${name} ${version}${innerPath ? ` in ${innerPath}` : ""}`),
  };
}

const log4j = buildZip({ ...pom("org.apache.logging.log4j", "log4j-core", "2.14.1"), "x.class": "x" });

describe("readJavaArchive", () => {
  test("reads what Maven wrote, for each artifact that was shaded in", () => {
    const files = { ...pom("org.shop", "till", "1.2"), ...pom("org.yaml", "snakeyaml", "1.23") };
    expect(read(files, "app/till-1.2.jar").packages).toEqual(["org.shop:till 1.2", "org.yaml:snakeyaml 1.23"]);
  });

  test("reads archives inside archives and says where they lie", () => {
    const war = { "WEB-INF/lib/log4j-core-2.14.1.jar": log4j };
    const ear = { "shop.war": buildZip(war), ...pom("org.shop", "ear", "1") };
    expect(read(ear, "opt/ear-1.ear").packages).toEqual([
      "org.shop:ear 1",
      "org.apache.logging.log4j:log4j-core 2.14.1 in shop.war!/WEB-INF/lib/log4j-core-2.14.1.jar",
    ]);
  });

  test.for([
    ["spring-core-4.3.30.jar", {}, ["org.springframework:spring-core 4.3.30"]],
    ["spring-boot-starter-2.1.0.RELEASE.jar", {}, ["org.springframework.boot:spring-boot-starter 2.1.0.RELEASE"]],
    ["commons-text-1.9.jar", {}, ["org.apache.commons:commons-text 1.9"]],
    [
      "foo-1.0.jar",
      { "META-INF/MANIFEST.MF": "Bundle-SymbolicName: org.acme.foo;singleton:=true\r\n" },
      ["org.acme:foo 1.0"],
    ],
    ["foo-1.0.jar", { "META-INF/MANIFEST.MF": "Bundle-SymbolicName: org.yaml.snakeyaml\n" }, ["foo 1.0"]],
    ["foo-1.0.jar", { "META-INF/MANIFEST.MF": "Implementation-Vendor-Id: org.ac\n me\n" }, ["org.acme:foo 1.0"]],
    [
      "foo.jar",
      {
        "META-INF/MANIFEST.MF":
          "Implementation-Title: bar\nImplementation-Version: 3\n\nName: x\nImplementation-Version: 4\n",
      },
      ["bar 3"],
    ],
    ["foo.jar", {}, []],
    ["till-2.0.jar", pom("org.yaml", "snakeyaml", "1.23"), ["org.yaml:snakeyaml 1.23", "till 2.0"]],
  ] as const)("%s with %j is %j", ([fileName, files, expected]) => {
    expect(read(files, `usr/share/java/${fileName}`).packages).toEqual(expected);
  });

  test("a script before the archive does not matter", () => {
    const { content } = readJavaArchive(
      Buffer.concat([Buffer.from("#!/bin/sh\nexec java\n"), log4j]),
      "app.jar",
      defaultLimits,
    );
    expect(content).toMatchObject({ packages: [{ name: "org.apache.logging.log4j:log4j-core" }] });
  });

  test("a broken archive inside a sound one costs only itself, and is said", () => {
    const { packages, problem } = read({ "a.jar": "no archive", "b.jar": log4j }, "x.war");
    expect(packages).toEqual(["org.apache.logging.log4j:log4j-core 2.14.1 in b.jar"]);
    expect(problem).toContain("a.jar");
  });

  test("archives inside archives end at a depth", () => {
    let nested = log4j;
    for (let depth = 0; depth < 6; depth += 1) nested = buildZip({ "inner.jar": nested });
    const { problem, packages } = read({ "inner.jar": nested }, "x.jar");
    expect(packages).toEqual([]);
    expect(problem).toContain("deep");
  });

  test("a bomb inside is not unpacked", () => {
    const bomb = buildZip({ "bomb.jar": buildZip({ "bomb.jar": Buffer.alloc(30_000_000) }) });
    const limits = { ...defaultLimits, jarBytesMax: 1_000_000 };
    const { content, problem } = readJavaArchive(bomb, "x.jar", limits);
    expect(content).toMatchObject({ packages: [] });
    expect(problem).toContain("larger than");
  });

  test("many archives inside one are bounded together", () => {
    const inner = buildZip({ fill: Buffer.from(Array.from({ length: 50_000 }, (_, at) => (at * at) % 251)) });
    const files = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`${index}.jar`, inner]));
    const { problem } = read(files, "x.jar", { ...defaultLimits, jarUnpackedBytesMax: inner.length * 10 });
    expect(problem).toContain("40 in all");
  });

  test.for([0, 10, 22, 60, 100])("an archive cut to %i bytes is an error of its own", (length) => {
    expect(() => readJavaArchive(log4j.subarray(0, length), "x.jar", defaultLimits)).toThrow(RangeError);
  });
});
