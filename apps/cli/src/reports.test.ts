import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { rampart } from "./testing/run-rampart.ts";

let folder: string;
const at = (name: string) => path.join(folder, name);
const lockFile = {
  name: "shop",
  lockfileVersion: 3,
  packages: { "": { name: "shop" }, "node_modules/lodash": { version: "4.17.11" } },
};
const advisory = {
  id: "GHSA-jf85-cpcp-j695",
  modified: "2026-01-05T10:00:00Z",
  aliases: ["CVE-2019-10744"],
  summary: "Prototype pollution in lodash",
  database_specific: { severity: "CRITICAL" },
  affected: [
    {
      package: { ecosystem: "npm", name: "lodash" },
      ranges: [{ type: "SEMVER", events: [{ introduced: "0" }, { fixed: "4.17.12" }] }],
    },
  ],
};

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "rampart-reports-"));
  await mkdir(at("shop"));
  await mkdir(at("intel"));
  await writeFile(at("shop/package-lock.json"), JSON.stringify(lockFile));
  await writeFile(at("intel/npm.json"), JSON.stringify(advisory));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const scan = (...more: readonly string[]) =>
  rampart(["repository", "scan", at("shop"), "--intel", at("intel"), "--fail-on", "high", ...more]);

describe("--report", () => {
  test("writes any number of forms at once, beside the one on standard output, and changes no exit code", async () => {
    const forms = ["sarif", "junit", "markdown", "json", "table"];
    const { code, stdout } = await scan(
      "--output",
      "markdown",
      "--output-file",
      at("old.json"),
      ...forms.flatMap((form) => ["--report", `${form}=${at(`out.${form}`)}`]),
    );
    expect([code, stdout]).toEqual([1, expect.stringContaining("**Failed**")]);
    const written = await Promise.all(forms.map((form) => readFile(at(`out.${form}`), "utf8")));
    expect(written[2]).toBe(stdout);
    expect(written[3]).toBe(await readFile(at("old.json"), "utf8"));
    for (const text of written) expect(text).toContain("CVE-2019-10744");
    expect(written[1]).toContain('failures="2"');
  });

  test.for(["sarif", "pdf=x", "sarif="])("%s is wrong usage, told before anything is scanned", async (given) => {
    const { code, stderr } = await scan("--report", given);
    expect([code, stderr]).toEqual([2, expect.stringContaining("FORM is one of table, json, sarif")]);
  });

  test("a file that cannot be written is no pass", async () => {
    const { code, stderr } = await scan("--report", `sarif=${at("missing/out.sarif")}`);
    expect([code, stderr]).toEqual([2, expect.stringContaining("missing/out.sarif")]);
  });
});
