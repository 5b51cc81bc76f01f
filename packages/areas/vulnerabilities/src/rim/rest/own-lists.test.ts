import type { ProjectScope } from "@rampart/kernel";
import type { RestAnswer, RestMethod, RestRoute } from "@rampart/rpc";
import { testCaller, testDatabase, type TestDatabase } from "@rampart/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { signingKeyFromSeed, trustedKeyFromPem } from "../bundle/keys.ts";
import { vulnerabilitiesRest } from "../rest.ts";

let db: TestDatabase;
let scope: ProjectScope;
beforeAll(async () => {
  db = await testDatabase();
  scope = await db.newProject();
});
afterAll(() => db.drop());

const bundleSeed = new Uint8Array(32).fill(3);

/** Runs a route as the dispatcher does: parsed query and body, an authenticated caller. */
const held = { etag: null, deltaForms: [] };

async function ask(method: RestMethod, path: string, body?: unknown): Promise<RestAnswer> {
  const route = vulnerabilitiesRest.find((one: RestRoute) => one.method === method && one.path === path);
  if (route === undefined) throw new Error(`no route ${method} ${path}`);
  const platform = { database: db.database, bundleSeed, addresses: { consoleUrl: "https://console.example" } };
  const request = { platform, scope, caller: testCaller(), query: {}, body: route.body?.parse(body), params: {}, held };
  return route.run(request as unknown as Parameters<RestRoute["run"]>[0]); // the dispatcher's own widening
}

async function value(path: string): Promise<unknown> {
  const answer = await ask("get", path);
  return answer.kind === "json" ? answer.value : answer;
}

describe("the custom feeds of the public API", () => {
  test("custom vulnerabilities read back as they were written, with a digest that follows their content", async () => {
    const path = "/feeds/custom/custom-vulnerabilities";
    expect(await value(path)).toMatchObject({ rules: [], digest: "" });
    const rule = {
      name: "OURS-1",
      package: "libown",
      type: "package",
      minVersionInclusive: "1.0",
      maxVersionInclusive: "*",
    };
    expect(await ask("put", path, { rules: [rule] })).toEqual({ kind: "empty" });
    const read = z
      .object({ digest: z.string() })
      .loose()
      .parse(await value(path));
    expect(read).toMatchObject({ rules: [{ ...rule, maxVersionInclusive: "", md5: "", severity: "high" }] });
    expect(await value(`${path}/digest`)).toBe(read.digest);
    await ask("put", path, { feed: null });
    expect(await value(path)).toMatchObject({ rules: [] });
  });

  test("the CVE allow list takes an expiry in either form, and the year 1 as never", async () => {
    const path = "/feeds/custom/cve-allow-list";
    const rules = [
      { cve: "CVE-2025-0001", description: "x", expiration: { enabled: true, date: "2031-01-01T00:00:00Z" } },
      { cve: "CVE-2025-0002", expiration: "0001-01-01T00:00:00Z" },
      { cve: "CVE-2025-0003", expiration: "2031-01-01T00:00:00Z" },
    ];
    await ask("put", path, { rules });
    expect(await value(path)).toMatchObject({
      rules: [
        { cve: "CVE-2025-0001", description: "x", expiration: { enabled: true, date: "2031-01-01T00:00:00.000Z" } },
        { cve: "CVE-2025-0002", description: "", expiration: { enabled: false } },
        { cve: "CVE-2025-0003", expiration: { enabled: true } },
      ],
    });
  });

  test.for([
    ["a type that does not exist", { rules: [{ package: "x", type: "wheel", name: "x" }] }],
    ["an entry without a package", { rules: [{ type: "package", name: "x" }] }],
    ["an entry without a name", { rules: [{ package: "x", type: "package" }] }],
  ] as const)("refuses %s", async ([, body]) => {
    await expect(ask("put", "/feeds/custom/custom-vulnerabilities", body)).rejects.toThrow(/Invalid|Too small/);
  });
});

describe("the bundle of the public API", () => {
  test("names the key that it is signed with", async () => {
    const answer = await ask("get", "/feeds/bundle/key");
    const key = trustedKeyFromPem(answer.kind === "text" ? answer.text : "");
    expect(key.fingerprint).toBe(signingKeyFromSeed(bundleSeed).fingerprint);
  });

  test("is refused while nothing but the built-in set is loaded", async () => {
    await expect(ask("get", "/feeds/bundle")).rejects.toThrow(/No advisories are loaded/);
  });
});
