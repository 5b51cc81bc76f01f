import type { ProjectScope } from "@rampart/kernel";
import type { RestAnswer, RestMethod } from "@rampart/rpc";
import { testCaller, testDatabase, type TestDatabase } from "@rampart/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sealer } from "../fixture/bound-alerts.ts";
import { alertsRest } from "./rest.ts";

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.drop());

/** Calls a route as the dispatcher does: parsed, in a project. */
function caller(scope: ProjectScope) {
  return async (method: RestMethod, path: string, body?: unknown): Promise<RestAnswer> => {
    for (const route of alertsRest) {
      const found = new RegExp(`^${route.path.replace("{id}", "([^/]+)")}$`).exec(path);
      if (route.method !== method || found === null) continue;
      const id = found[1];
      const parsed = {
        query: {},
        body: route.body?.parse(body),
        params: id === undefined ? {} : { id: decodeURIComponent(id) },
      };
      const request = { platform: { database: db.database, sealer }, scope, caller: testCaller(), ...parsed };
      return route.run(request as never); // the table's routes differ in their types; the schema above checked this one
    }
    throw new Error(`no route ${method} ${path}`);
  };
}

const json = async (answer: Promise<RestAnswer>) => {
  const got = await answer;
  return got.kind === "json" ? got.value : got.kind === "rows" ? got.rows : got;
};

test("labels are read back as they were declared", async () => {
  const call = caller(await db.newProject());
  expect(await call("post", "/settings/custom-labels", { labels: ["team", "owner"] })).toEqual({ kind: "empty" });
  expect(await json(call("get", "/settings/custom-labels"))).toEqual({ labels: ["team", "owner"] });
});

test("a profile posted twice is one profile with one channel; what was read can be written back", async () => {
  const call = caller(await db.newProject());
  const profile = {
    name: "soc",
    policy: {
      containerVulnerability: { enabled: true, allRules: false, rules: ["prod"] },
      defender: { enabled: true },
    },
    syslog: { addr: "tcp://siem.example.com:514", id: "east", verboseScan: true },
  };
  await call("post", "/alert-profiles", profile);
  const read = await json(call("get", "/alert-profiles"));
  expect(read).toMatchObject([
    {
      _id: "soc",
      disabled: false,
      policy: {
        containerVulnerability: { enabled: true, allRules: false, rules: ["prod"] },
        hostVulnerability: { enabled: false },
        defender: { enabled: true, allRules: true, rules: [] },
        incident: { enabled: false, allRules: true, rules: [] },
      },
      syslog: { enabled: true, addr: "tcp://siem.example.com:514", id: "east", verboseScan: true },
      email: { enabled: false },
    },
  ]);
  const [first] = Array.isArray(read) ? read : [];
  await call("post", "/alert-profiles", first);
  const again = await json(call("get", "/alert-profiles"));
  expect(again).toEqual([{ ...first, modified: expect.any(String) }]);
  expect(await json(call("get", "/alert-profiles/names"))).toEqual(["soc"]);
  await call("delete", "/alert-profiles/soc");
  expect(await json(call("get", "/alert-profiles"))).toEqual([]);
});

test("refuses a profile that could never send", async () => {
  const call = caller(await db.newProject());
  const containerVulnerability = { enabled: true };
  await expect(call("post", "/alert-profiles", { name: "a", policy: { incident: { enabled: true } } })).rejects.toThrow(
    /trigger/,
  );
  await expect(call("post", "/alert-profiles", { name: "a", policy: { containerVulnerability } })).rejects.toThrow(
    /syslog/,
  );
  const syslog = { addr: "siem" };
  await expect(
    call("post", "/alert-profiles", { name: "a", policy: { containerVulnerability }, syslog }),
  ).rejects.toThrow(/tcp:\/\//);
  await expect(call("delete", "/alert-profiles/a")).rejects.toMatchObject({ kind: "not-found" });
});

test("the logging settings are a channel that hears everything, and keep their address when switched off", async () => {
  const call = caller(await db.newProject());
  expect(await json(call("get", "/settings/logging"))).toMatchObject({ syslog: { enabled: false, addr: "" } });
  await call("post", "/settings/logging", { syslog: { enabled: true, addr: "udp://siem:514" } });
  await call("post", "/settings/logging", { syslog: { enabled: true, addr: "tls://siem:6514" } });
  expect(await json(call("get", "/settings/logging"))).toMatchObject({
    syslog: { enabled: true, addr: "tls://siem:6514" },
  });
  expect(await json(call("get", "/alert-profiles/names"))).toEqual(["Logging"]);
  await call("post", "/settings/logging", { syslog: { enabled: false } });
  expect(await json(call("get", "/settings/logging"))).toMatchObject({
    syslog: { enabled: false, addr: "tls://siem:6514" },
  });
});
