import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { dispatchRest, type RestDeps } from "@rampart/api/rest";
import { permissions, Refusal } from "@rampart/kernel";
import { sealerFromKey } from "@rampart/secrets";
import { createLogger } from "@rampart/telemetry";
import { testCaller, testDatabase, type TestDatabase } from "@rampart/testing";
import { addBundleKey, getIntelligenceSetup, importAdvisories, saveFeedLocation } from "@rampart/vulnerabilities";
import { bindIntelligence } from "@rampart/vulnerabilities/bind";
import { SaveFeedLocation } from "@rampart/vulnerabilities/contract";
import { refreshIntelligence } from "@rampart/vulnerabilities/jobs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeCertificates } from "./certificates.ts";

/** A supervisor fetches its advisories from the central Console, over TLS with an authority of their own. */
const sealer = sealerFromKey(new Uint8Array(32).fill(9));
const right = { kind: "basic", username: "relay", password: "right" } as const;
let central: TestDatabase;
let supervisor: TestDatabase;
let folder: string;
let caCertificate: string;
let server: Server;
let base: string;
const statuses: number[] = [];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "rampart-relay-"));
  const certificates = await makeCertificates(folder);
  caCertificate = await readFile(certificates.ca, "utf8");
  [central, supervisor] = await Promise.all([testDatabase(), testDatabase()]);
  const deps = await centralDeps();
  const pem = { cert: await readFile(certificates.certificate), key: await readFile(certificates.key) };
  server = createServer(pem, (request, answer) => {
    if (request.url === "/inner.jsonl") return answer.writeHead(302, { location: "http://169.254.169.254/" }).end();
    const headers = new Headers(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    void dispatchRest(new Request(new URL(request.url ?? "/", base), { headers }), deps).then(async (given) => {
      statuses.push(given.status);
      answer.writeHead(given.status, Object.fromEntries(given.headers));
      answer.end(Buffer.from(await given.arrayBuffer()));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `https://localhost:${(server.address() as AddressInfo).port}`; // a listening TCP server has one
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  await Promise.all([central.drop(), supervisor.drop()]);
  await rm(folder, { recursive: true });
});

async function centralDeps(): Promise<RestDeps> {
  const { tenantId, projectId: id } = await central.newProject("central");
  const project = { id, tenantId, slug: "central", name: "Central", tenantName: "Central", createdAt: new Date(0) };
  const expected = `Basic ${Buffer.from(`${right.username}:${right.password}`).toString("base64")}`;
  return {
    platform: {
      database: central.database,
      sealer,
      logger: createLogger({ process: "test", level: "silent" }),
      version: "0.1.0",
      addresses: { consoleUrl: "https://central.test", gatewayUrl: "https://central.test:8084" },
      bundleSeed: new Uint8Array(32).fill(5),
    },
    tokenKey: new Uint8Array(32),
    setupTokenRequired: true,
    async authenticate(request) {
      if (request.headers.get("authorization") !== expected)
        throw new Refusal("unauthenticated", "test.nobody", "Please sign in.");
      return { caller: testCaller(["operations.read"]), openProject: async () => project };
    },
  };
}

const at = (db: TestDatabase) => bindIntelligence({ database: db.database, sealer }, testCaller(permissions));
const bundleAt = () => `${base}/api/v1/feeds/bundle`;
const loaded = async () =>
  (
    await supervisor.ownerQuery<{ id: string }>(
      "select id from vulnerabilities_advisory where file like 'npm%' order by id",
    )
  ).map(({ id }) => id);

/** What the central Console knows from now on. */
async function publish(ids: readonly string[]): Promise<void> {
  const affected = [{ package: { ecosystem: "npm", name: "left" }, versions: ["1.0.0"] }];
  const lines = ids.map((id) => JSON.stringify({ id, modified: "2026-01-01T00:00:00Z", summary: id, affected }));
  const file = path.join(folder, "npm.osv.jsonl");
  await writeFile(file, lines.join("\n"));
  await importAdvisories(at(central), { location: file, force: false });
}

/** Sets the location, which makes it due, and looks as the worker does; returns what the page then shows. */
async function look(asked: Partial<SaveFeedLocation> = {}) {
  await saveFeedLocation(at(supervisor), SaveFeedLocation.parse({ location: bundleAt(), ...asked }));
  await refreshIntelligence({ database: supervisor.database, sealer }, null);
  const { locations } = await getIntelligenceSetup(at(supervisor));
  return locations.find(({ location }) => location === (asked.location ?? bundleAt()));
}

test("a server of an unknown authority is not believed, and the page says what to give", async () => {
  await publish(["GHSA-1", "GHSA-2"]);
  const status = await look({ credential: right });
  expect([status?.outcome, statuses]).toEqual(["failed", []]);
  expect(status?.problem).toMatch(/localhost.*no authority that is known here vouches for its certificate/);
});

test("the bundle of a key that nobody trusts here is refused", async () => {
  const status = await look({ credential: right, caCertificate });
  expect([status?.outcome, await loaded()]).toEqual(["failed", []]);
  expect(status?.problem).toMatch(/not trusted here; add its public half first/);
});

test("with the right credential, authority and key it is taken in; the credential is not told to anybody", async () => {
  const headers = { authorization: `Basic ${Buffer.from("relay:right").toString("base64")}` };
  const answer = await dispatchRest(new Request(`${bundleAt()}/key`, { headers }), await centralDeps());
  await addBundleKey(at(supervisor), { name: "central", publicKey: await answer.text() });
  expect(await look()).toMatchObject({
    outcome: "imported",
    problem: null,
    credential: "basic",
    hasOwnAuthority: true,
  });
  expect(await loaded()).toEqual(["GHSA-1", "GHSA-2"]);
  const everything = await supervisor.ownerQuery("select to_jsonb(l)::text from vulnerabilities_feed_location l");
  const audited = await supervisor.ownerQuery("select to_jsonb(e)::text from audit_entry e");
  const told = JSON.stringify([await getIntelligenceSetup(at(supervisor)), everything, audited]);
  expect(told).not.toMatch(/right"|relay/);
  expect(JSON.stringify(audited)).toMatch(/feed-location.saved.*basic/);
});

test("while nothing changes nothing is sent, and then only what has changed", async () => {
  statuses.length = 0;
  expect(await look()).toMatchObject({ outcome: "unchanged" });
  await publish(["GHSA-2", "GHSA-3"]);
  expect(await look()).toMatchObject({ outcome: "imported", problem: null });
  expect([statuses, await loaded()]).toEqual([
    [304, 226],
    ["GHSA-2", "GHSA-3"],
  ]);
});

test("changes that do not fit what is loaded are followed by a whole bundle", async () => {
  await supervisor.ownerQuery("update vulnerabilities_source set sha256 = 'touched' where file like 'npm%'");
  await publish(["GHSA-4"]);
  statuses.length = 0;
  expect(await look()).toMatchObject({ outcome: "partial" });
  expect(await loaded()).toEqual(["GHSA-2", "GHSA-3"]);
  expect(await look()).toMatchObject({ outcome: "imported" });
  expect([statuses, await loaded()]).toEqual([[226, 200], ["GHSA-4"]]);
});

test("a wrong credential is a clear state, and what is loaded stays", async () => {
  const status = await look({ credential: { ...right, password: "wrong" } });
  expect(status).toMatchObject({
    outcome: "failed",
    problem: expect.stringMatching(/status 401: it refuses the credential/),
  });
  expect((await look({ credential: null }))?.problem).toMatch(/status 401: it asks for a credential/);
  expect(await loaded()).toEqual(["GHSA-4"]);
});

test("an answer that leads to an address inside is not followed", async () => {
  const status = await look({ location: `${base}/inner.jsonl`, credential: right, caCertificate });
  expect(status?.problem).toMatch(/status 302: it sends elsewhere, where it is not followed/);
});

test.for([
  [{ location: "http://central.test/feeds/bundle", credential: right }, /only used with an https address/],
  [{ location: "https://ann:pw@central.test/", credential: null }, /Leave the user name and password out/],
  [{ location: "/var/feeds", credential: right }, /A folder takes neither/],
  [{ location: "https://central.test/", caCertificate: "-----BEGIN" }, /no certificate of an authority/],
] as const)("what would give a secret away or never work is refused: %j", async ([asked, why]) => {
  await expect(saveFeedLocation(at(supervisor), SaveFeedLocation.parse(asked))).rejects.toThrow(why);
});
