import { expect, test } from "vitest";
import { type ToldUse, useReader } from "./package-use.ts";

const told = (more: Partial<ToldUse>): ToldUse => ({
  toldBy: "name",
  packageKind: "",
  subject: "",
  evidence: "mapped",
  processes: [],
  hosts: 1,
  firstSeenAt: "2026-01-05T10:00:00.000Z",
  lastSeenAt: "2026-01-05T10:00:00.000Z",
  ...more,
});
const useOf = useReader({
  otherwise: "not-seen",
  told: [
    told({ subject: "perl", evidence: "executable" }),
    told({ toldBy: "file", subject: "app/shop.war", evidence: "opened" }),
    told({ toldBy: "file", subject: "app/node_modules/sharp/package.json" }),
    told({ toldBy: "folder", packageKind: "nodejs", subject: "app/node_modules/", evidence: "application" }),
  ],
});

test.for([
  [{ kind: "os", name: "perl" }, "executable"],
  [{ kind: "os", name: "tar" }, "not-seen"],
  [{ kind: "nodejs", name: "perl", path: "x/package.json" }, "not-seen"],
  [{ kind: "jar", name: "inner", path: "app/shop.war!/WEB-INF/inner.jar" }, "opened"],
  [{ kind: "nodejs", name: "sharp", path: "app/node_modules/sharp/package.json" }, "mapped"],
  [{ kind: "nodejs", name: "deep", path: "app/node_modules/a/node_modules/deep/package.json" }, "application"],
  [{ kind: "python", name: "odd", path: "app/node_modules/odd.dist-info/METADATA" }, "not-seen"],
  [{ kind: "os", name: "app/shop.war" }, "not-seen"],
] as const)("%j is %s", ([found, expected]) => {
  const use = useOf(found);
  expect(use.state === "used" ? use.evidence : use.state).toBe(expected);
});
