import { expect, test } from "vitest";
import { osEcosystemOf } from "./os-ecosystem.ts";

const system = { kind: "os", ecosystem: "Ubuntu:22.04:LTS" } as const;
const library = { kind: "nodejs", ecosystem: "npm" } as const;
const amazon = { id: "amzn", versionId: "2023", name: "Amazon Linux 2023", ecosystem: "Amazon Linux:2023" };

test("a resource goes by its distribution, else by its system packages, in the spelling of advisories", () => {
  expect(osEcosystemOf({ os: amazon, packages: [system] })).toBe("Amazon Linux:2023");
  expect(osEcosystemOf({ os: { ...amazon, id: "gentoo", ecosystem: null }, packages: [] })).toBe("Unsupported:gentoo");
  expect(osEcosystemOf({ os: null, packages: [library, system] })).toBe("Ubuntu:22.04");
  expect(osEcosystemOf({ os: null, packages: [library] })).toBeNull();
});
