import fc from "fast-check";
import { Refusal } from "@rampart/kernel";
import { describe, expect, test } from "vitest";
import { readChallenge } from "./read-challenge.ts";
import { readRegistryReference } from "./registry-reference.ts";

const digest = `sha256:${"a".repeat(64)}`;

describe("readRegistryReference", () => {
  test.for([
    ["debian", "registry-1.docker.io", "library/debian", "latest"],
    ["team/app:1.2", "registry-1.docker.io", "team/app", "1.2"],
    ["docker.io/library/debian:12", "registry-1.docker.io", "library/debian", "12"],
    ["localhost/app", "localhost", "app", "latest"],
    ["registry.example.com:5000/a/b/c:v1", "registry.example.com:5000", "a/b/c", "v1"],
    [`ghcr.io/team/app:1@${digest}`, "ghcr.io", "team/app", digest],
    ["[::1]:5000/app:1", "[::1]:5000", "app", "1"],
  ])("%s", ([text = "", host, repository, version]) => {
    expect(readRegistryReference(text)).toEqual({ host, repository, version });
  });

  test.for([
    "",
    "UPPER/case",
    "host.example/../etc:1",
    "a b",
    "x.io/app:tag:tag",
    "x.io/app@md5:1",
    "x.io/",
    "http://x.io/a",
  ])("refuses %j", (text) => expect(() => readRegistryReference(text)).toThrow(/names no image/));

  test("whatever is given is read or refused, and leads nowhere but below its repository", () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom("a", "b", ".", ":", "/", "@", "-", "_", "%", "?", "#", "[", "]", " ", "\\"),
        }),
        (text) => {
          try {
            const { host, repository, version } = readRegistryReference(text);
            const url = new URL(`https://${host}/v2/${repository}/manifests/${version}`);
            expect(url.pathname).toBe(`/v2/${repository}/manifests/${version}`);
          } catch (error) {
            if (!(error instanceof Refusal)) expect(String(error)).toMatch(/Invalid URL/);
          }
        },
      ),
    );
  });
});

describe("readChallenge", () => {
  test("reads what registries ask for", () => {
    expect(readChallenge('Basic realm="x"')).toEqual({ scheme: "basic" });
    expect(readChallenge('Bearer realm="https://auth.example/token",service="s",scope="a:b:pull"')).toEqual({
      scheme: "bearer",
      realm: "https://auth.example/token",
      service: "s",
      scope: "a:b:pull",
    });
    expect(readChallenge("Negotiate")).toBeNull();
    expect(readChallenge('Bearer service="s"')).toBeNull();
  });

  test("no header makes it fail or hang", () => {
    fc.assert(fc.property(fc.string({ maxLength: 2_000 }), (text) => void readChallenge(`Bearer ${text}`)));
  });
});
