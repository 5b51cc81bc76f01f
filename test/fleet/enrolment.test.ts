import { request } from "node:https";
import type { ProjectScope } from "@rampart/kernel";
import { testDatabase, type TestDatabase } from "@rampart/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { enrol } from "../../apps/defender/src/link/enrol.ts";
import type { RunningGateway } from "../../apps/gateway/src/start-gateway.ts";
import { openGateway } from "./open-gateway.ts";
import { enrolHost, invite, openControl, openLane } from "./simulated-host.ts";

let db: TestDatabase;
let gateway: RunningGateway;
let shop: ProjectScope;

beforeAll(async () => {
  db = await testDatabase();
  gateway = await openGateway(db);
  shop = await db.newProject("shop");
});
afterAll(async () => {
  await gateway.close();
  await db.drop();
});

const host = { hostname: "web-1", defenderVersion: "0.1.0" };
const gatewayUrl = () => `https://localhost:${gateway.port}`;

type Answer = Readonly<{ status: number | undefined; body: string }>;

function ask(method: string, path: string, body = "", port = gateway.port): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ port, method, path, rejectUnauthorized: false, agent: false }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (part: string) => (text += part));
      response.once("end", () => resolve({ status: response.statusCode, body: text }));
    });
    asked.once("error", reject);
    asked.end(body);
  });
}

describe("enrolment", () => {
  test("token, key made on the host, certificate, socket: in a row, by the Defender's own code", async () => {
    const identity = await enrolHost(db.database, shop, gateway.port);
    const control = await openControl(gateway.port, identity);
    const welcome = await control.next("welcome");
    expect(Date.parse(welcome.certificate.expiresAt)).toBeGreaterThan(Date.now() + 89 * 86_400_000);
    expect((await control.next("policy.snapshot")).hash).toBe(welcome.policyHash);
    control.socket.terminate();
  });

  test("a used, an unknown and an expired token are refused alike", async () => {
    const { token, pin } = await invite(db.database, shop, gateway.port);
    await enrol({ gatewayUrl: gatewayUrl(), token, pin, host });
    const used = enrol({ gatewayUrl: gatewayUrl(), token, pin, host });
    await expect(used).rejects.toThrow(/not valid/);
    const unknown = enrol({ gatewayUrl: gatewayUrl(), token: "x".repeat(43), pin, host });
    await expect(unknown).rejects.toThrow(/not valid/);
    const old = await invite(db.database, shop, gateway.port);
    await db.ownerQuery(
      "update fleet_enrolment_token set expires_at = now() - interval '1 second' where used_at is null",
    );
    await expect(enrol({ gatewayUrl: gatewayUrl(), ...old, host })).rejects.toThrow(/not valid/);
  });

  test("a gateway that the pin does not name is never told the token", async () => {
    const { token } = await invite(db.database, shop, gateway.port);
    const pin = `sha256:${"A".repeat(43)}`;
    await expect(enrol({ gatewayUrl: gatewayUrl(), token, pin, host })).rejects.toThrow(/not the installation/);
    const [row] = await db.ownerQuery<{ used: number }>(
      "select count(*)::int as used from fleet_enrolment_token where used_by = 'web-9'",
    );
    expect(row?.used).toBe(0);
  });

  test.for([
    ["not JSON", "{", 400],
    [
      "a field too many",
      JSON.stringify({ token: "x".repeat(43), csr: "y", hostname: "h", defenderVersion: "1", projectId: "z" }),
      400,
    ],
    ["20 kB", "x".repeat(20_000), 400],
  ] as const)("a request that is %s is refused and repeats no value", async ([, body, status]) => {
    const answer = await ask("POST", "/enrol", body);
    expect(answer.status).toBe(status);
    expect(answer.body).not.toContain("x".repeat(43));
  });

  test("more than a rack of hosts from one address has to wait", async () => {
    // On a gateway of its own: for a while nobody can enrol there any more.
    await using own = new AsyncDisposableStack();
    const flooded = await openGateway(db);
    own.defer(() => flooded.close());
    const answers = await Promise.all(Array.from({ length: 120 }, () => ask("POST", "/enrol", "{", flooded.port)));
    expect(answers.some((answer) => answer.status === 429)).toBe(true);
  });
});

test("the probe answers without a certificate, other paths do not exist", async () => {
  expect((await ask("GET", "/api/v1/_ping")).status).toBe(200);
  expect((await ask("GET", "/metrics")).status).toBe(404);
});

describe("the handshake", () => {
  test("needs a client certificate", async () => {
    await expect(openLane(gateway.port, "control", null)).rejects.toThrow("status 401");
    await expect(openLane(gateway.port, "bulk", null)).rejects.toThrow("status 401");
  });

  test("refuses a certificate of another installation", async () => {
    const other = await testDatabase();
    const elsewhere = await openGateway(other);
    const stranger = await enrolHost(other.database, await other.newProject(), elsewhere.port);
    const confused = { ...stranger, chain: [...stranger.chain, await ourAuthority()] };
    await expect(openLane(gateway.port, "control", confused)).rejects.toThrow("status 401");
    await elsewhere.close();
    await other.drop();
  });

  test.for([
    ["revoked", "update fleet_certificate set revoked_at = now() where defender_id = $1"],
    ["expired", "update fleet_certificate set expires_at = now() where defender_id = $1"],
    ["of a retired Defender", "update fleet_defender set retired_at = now() where id = $1"],
  ] as const)("refuses a certificate that is %s", async ([, sql]) => {
    const identity = await enrolHost(db.database, shop, gateway.port);
    await db.ownerQuery(sql, [identity.defenderId]);
    await expect(openLane(gateway.port, "bulk", identity)).rejects.toThrow("status 401");
  });

  test("a full gateway says when to come back instead of holding more sockets", async () => {
    const small = await openGateway(db, { socketsMax: 1 });
    const identity = await enrolHost(db.database, shop, small.port);
    const first = await openLane(small.port, "control", identity);
    await expect(openLane(small.port, "bulk", identity)).rejects.toThrow("status 503");
    first.terminate();
    await small.close();
  });
});

async function ourAuthority(): Promise<string> {
  const [row] = await db.ownerQuery<{ certificate: string }>("select certificate from fleet_installation");
  return row?.certificate ?? "";
}
