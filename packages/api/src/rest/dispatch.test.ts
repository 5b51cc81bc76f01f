import { createFirstAdmin, createUser, openDefaultProject, openProject, resumeSession } from "@rampart/identity";
import { anonymousCaller, bindIdentity, readApiToken, userCaller } from "@rampart/identity/bind";
import { Refusal, type ProjectScope } from "@rampart/kernel";
import { sealerFromKey } from "@rampart/secrets";
import { createLogger } from "@rampart/telemetry";
import { testDatabase, type TestDatabase } from "@rampart/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RestDeps } from "./deps.ts";
import { dispatchRest } from "./dispatch.ts";
import { restRoutes } from "./routes.ts";
import { bearerOf } from "./session.ts";

const password = "correct horse battery";
const tokenKey = new Uint8Array(32).fill(3);
let db: TestDatabase;
let tenant: ProjectScope;
let foreign: ProjectScope;
let admin: string;
let reader: string;

beforeAll(async () => {
  db = await testDatabase();
  tenant = await db.newProject("mine");
  foreign = await db.newProject("foreign");
  const root = await createFirstAdmin(anonymous(), { username: "ann", password }, { tokenRequired: false });
  const asked = { username: "rita", password, role: "reader", tenantId: tenant.tenantId } as const;
  await createUser(bindIdentity({ database: db.database }, userCaller(root, "user")), root, asked);
  admin = await tokenOf("ann");
  reader = await tokenOf("rita");
});
afterAll(() => db.drop());

const anonymous = () => bindIdentity({ database: db.database }, anonymousCaller("192.0.2.7"));

function deps(): RestDeps {
  return {
    platform: {
      database: db.database,
      sealer: sealerFromKey(tokenKey),
      logger: createLogger({ process: "test", level: "silent" }),
      version: "0.1.0",
      addresses: { consoleUrl: "http://127.0.0.1:8083", gatewayUrl: "https://127.0.0.1:8084" },
    },
    tokenKey,
    setupTokenRequired: false,
    sourceIp: "192.0.2.7",
    async authenticate(request) {
      const token = await readApiToken(tokenKey, bearerOf(request.headers) ?? "");
      const user = token === null ? null : await resumeSession(anonymous(), token);
      if (user === null) throw new Refusal("unauthenticated", "test.nobody", "Please sign in.");
      const caller = userCaller(user, "token");
      const ctx = bindIdentity({ database: db.database }, caller);
      return {
        caller,
        openProject: (name) => (name === undefined ? openDefaultProject(ctx, user) : openProject(ctx, user, name)),
      };
    },
  };
}

function call(method: string, path: string, options: { token?: string; body?: unknown } = {}): Promise<Response> {
  const headers = options.token === undefined ? {} : { authorization: `Bearer ${options.token}` };
  const body = options.body === undefined ? {} : { body: JSON.stringify(options.body) };
  return dispatchRest(new Request(`http://console.test/api/v1${path}`, { method, headers, ...body }), deps());
}

async function tokenOf(username: string): Promise<string> {
  const answer = await call("POST", "/authenticate", { body: { username, password } });
  // Clients cut the token out of the text between these very characters.
  return /^\{"token":"([^"]+)"\}$/.exec(await answer.text())?.[1] ?? "";
}

describe("signing in by the API", () => {
  test("answers exactly one key with a token of three parts whose payload names a project", () => {
    expect(admin.split(".")).toHaveLength(3);
    const payload: unknown = JSON.parse(Buffer.from(admin.split(".")[1] ?? "", "base64").toString());
    expect(payload).toMatchObject({ permissions: [{ project: "Central Console" }] });
  });

  test("refuses a wrong password with 401 and a sentence", async () => {
    const answer = await call("POST", "/authenticate", { body: { username: "ann", password: "wrong" } });
    expect([answer.status, await answer.json()]).toEqual([401, { err: "The user name or the password is wrong." }]);
  });

  test("is set up once", async () => {
    const answer = await call("POST", "/signup", { body: { username: "eve", password } });
    expect([answer.status, await answer.json()]).toEqual([400, { err: "system already initialized" }]);
  });

  test("ends a session on log-out", async () => {
    const token = await tokenOf("ann");
    expect((await call("POST", "/logout", { token })).status).toBe(200);
    expect((await call("GET", "/version", { token })).status).toBe(401);
  });
});

describe("every list", () => {
  const lists = restRoutes.filter(
    ({ method, answers, path }) => method === "get" && answers === "rows" && !path.includes("{"),
  );

  test("exists", () => expect(lists.length).toBeGreaterThanOrEqual(4));

  test.for(lists.map(({ path }) => path))(
    "%s answers [] with a count of 0 on an empty system, however it is asked",
    async (path) => {
      const required = path.endsWith("impacted-resources") ? "cve=CVE-2021-44228&" : "";
      for (const query of [
        "",
        "?limit=50&offset=0",
        "?limit=0",
        "?limit=500",
        "?unknown=1&from=&project=Central+Console",
      ]) {
        const answer = await call("GET", `${path}?${required}${query}`, { token: admin });
        expect(answer.status, `${path}${query}`).toBe(200);
        if (!path.startsWith("/audits") && !path.startsWith("/stats")) {
          expect(answer.headers.get("total-count"), `${path}${query}`).toBe("0");
          expect(await answer.json()).toEqual([]);
        }
      }
    },
  );
});

describe("tenancy at the door", () => {
  test.for(restRoutes.map(({ method, path }) => [method, path] as const))(
    "%s %s gives an anonymous caller nothing",
    async ([method, path]) => {
      const answer = await call(
        method.toUpperCase(),
        path.replaceAll(/\{\w+\}/g, "x"),
        method === "get" ? {} : { body: {} },
      );
      expect(answer.status).toBe(401);
    },
  );

  test.for(restRoutes.filter(({ method }) => method !== "get").map(({ method, path }) => [method, path] as const))(
    "%s %s lets a reader change nothing",
    async ([method, path]) => {
      const answer = await call(method.toUpperCase(), path.replaceAll(/\{\w+\}/g, "x"), { token: reader, body: {} });
      // Judging an image stores nothing, so reading is enough; its empty body is refused all the same.
      expect([400, 403, 404]).toContain(answer.status);
    },
  );

  test("a foreign project is not found, by id or by name", async () => {
    for (const project of [foreign.projectId, "Central Console"]) {
      const answer = await call("GET", `/images?project=${encodeURIComponent(project)}`, { token: reader });
      expect(answer.status).toBe(404);
    }
    expect((await call("GET", `/images?project=${tenant.projectId}`, { token: reader })).status).toBe(200);
  });
});

describe("what integrations rely on", () => {
  test("older version paths lead to the same answers", async () => {
    const request = new Request("http://console.test/api/v34.03/version", {
      headers: { authorization: `Bearer ${admin}` },
    });
    const answer = await dispatchRest(request, deps());
    expect(await answer.text()).toBe('"0.1.0"');
  });

  test("a write answers 200 without a body, and reads back", async () => {
    const labels = { labels: ["team", "owner"] };
    const answer = await call("POST", "/settings/custom-labels", { token: admin, body: labels });
    expect([answer.status, await answer.text()]).toEqual([200, ""]);
    expect(await (await call("GET", "/settings/custom-labels", { token: admin })).json()).toEqual(labels);
  });

  test("a policy read can be written back as it is", async () => {
    const policy: unknown = await (await call("GET", "/policies/vulnerability/images", { token: admin })).json();
    const answer = await call("PUT", "/policies/vulnerability/images", { token: admin, body: policy });
    expect([answer.status, await answer.text()]).toEqual([200, ""]);
  });

  test("the licence never expires and carries no error", async () => {
    const licence = await (await call("GET", "/settings/license", { token: admin })).json();
    expect(licence).not.toHaveProperty("err");
    expect(licence).toMatchObject({ expiration_date: expect.stringMatching(/^2099-/) });
  });

  test("downloads say plain text/csv and begin with the header that importers know", async () => {
    const answer = await call("GET", "/images/download", { token: admin });
    expect(answer.headers.get("content-type")).toBe("text/csv");
    expect(await answer.text()).toMatch(/^Registry,Repository,Tag,Id,Distro,Hosts,Layer,CVE ID,/);
    expect(await (await call("GET", "/hosts/download", { token: admin })).text()).toMatch(/^Hostname,Distro,CVE ID,/);
  });

  test.for([
    ["GET", "/nothing/here", undefined, 404],
    ["PUT", "/policies/vulnerability/images", "not json", 400],
    ["PUT", "/policies/vulnerability/images", { rules: "x" }, 400],
  ] as const)("%s %s with bad input is refused with a sentence", async ([method, path, body, status]) => {
    const answer = await call(method, path, { token: admin, ...(body !== undefined && { body }) });
    expect(answer.status).toBe(status);
    expect(await answer.json()).toEqual({ err: expect.stringMatching(/\S/) });
  });
});
