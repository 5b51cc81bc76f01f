import type { PackageUseView } from "@rampart/inventory/contract";
import fc from "fast-check";
import { expect, test } from "vitest";
import { isInUse, useOfFinding } from "./use-of-finding.ts";

const used = (evidence: "executable" | "mapped" | "opened" | "application"): PackageUseView => ({
  state: "used",
  evidence,
  processes: [],
  hosts: 1,
  firstSeenAt: "2026-01-05T10:00:00.000Z",
  lastSeenAt: "2026-01-05T10:00:00.000Z",
});
const known: Readonly<Record<string, PackageUseView>> = {
  libssl3: used("mapped"),
  openssl: { state: "not-seen" },
  "app/x.jar": used("opened"),
};
const useOf = ({ name, path }: { name: string; path?: string }) =>
  known[path ?? name] ?? { state: "not-seen" as const };
const place = { packageName: "openssl", packageKind: "os", binaryPackages: [], path: null };

test.for([
  ["a package of its own name", {}, false],
  ["a source of which one installed part is used", { binaryPackages: ["openssl", "libssl3"] }, true],
  ["a source of which no installed part is used", { binaryPackages: ["libcurl4", "openssl"] }, false],
  ["a package of a language, by its place", { packageKind: "jar", packageName: "g:x", path: "app/x.jar" }, true],
  [
    "a package of a language that has the name of a used one",
    { packageKind: "gem", packageName: "libssl3", path: "g" },
    false,
  ],
  ["a kind that this version does not know", { packageKind: "brand-new", path: "app/x.jar" }, true],
] as const)("%s", ([, more, expected]) => {
  expect(isInUse(useOfFinding({ ...place, ...more }, useOf))).toBe(expected);
});

test("while nobody has looked, nothing is said of any finding", () => {
  expect(isInUse(useOfFinding({ ...place, binaryPackages: ["a", "b"] }, () => ({ state: "unknown" })))).toBeNull();
});

test("the strongest evidence of its parts counts, in whatever order they come", () => {
  const evidence = fc.constantFrom("executable", "mapped", "opened", "application" as const);
  fc.assert(
    fc.property(fc.array(evidence, { minLength: 1 }), (all) => {
      const use = useOfFinding({ ...place, binaryPackages: all.map((_, at) => String(at)) }, ({ name }) =>
        used(all[Number(name)] ?? "mapped"),
      );
      const strongest = (["executable", "mapped", "opened", "application"] as const).find((one) => all.includes(one));
      expect(use).toMatchObject({ evidence: strongest });
    }),
  );
});
