import { X509Certificate } from "node:crypto";
import type { ProjectScope } from "@rampart/kernel";
import { testClock, testDatabase, type TestDatabase } from "@rampart/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { admitCertificate, findTokenProject } from "../rim/handshake.ts";
import { mint } from "../rim/mint.ts";
import { newCsr, openFleet, type Fleet } from "../testing/fleet-of-project.ts";
import { createEnrolmentToken } from "./create-enrolment-token.ts";
import { enrolDefender } from "./enrol-defender.ts";
import { getDefender } from "./get-defender.ts";
import { listEnrolmentTokens } from "./list-enrolment-tokens.ts";
import { renewCertificate } from "./renew-certificate.ts";
import { retireDefender } from "./retire-defender.ts";
import { revokeDefender } from "./revoke-defender.ts";
import { revokeEnrolmentToken } from "./revoke-enrolment-token.ts";

let db: TestDatabase;
let fleet: Fleet;
let shop: ProjectScope;
let bank: ProjectScope;
const clock = testClock(new Date());

beforeAll(async () => {
  db = await testDatabase();
  fleet = await openFleet(db.database, clock);
  shop = await db.newProject("shop");
  bank = await db.newProject("bank");
});
afterAll(() => db.drop());

const host = async () => ({ csr: await newCsr(), hostname: "web-1", defenderVersion: "0.1.0" });
const admit = (pem: string) => admitCertificate(db.database, new X509Certificate(pem), clock.now());
const auditOf = (scope: ProjectScope, action: string) =>
  db.ownerQuery<{ subject: string }>("select subject from audit_entry where project_id = $1 and action = $2", [
    scope.projectId,
    action,
  ]);

describe("createEnrolmentToken", () => {
  test("refuses without permission", async () => {
    const ctx = fleet.ctx(shop, ["fleet.read"]);
    await expect(createEnrolmentToken(ctx, { lifetimeMinutes: 60 })).rejects.toMatchObject({ kind: "forbidden" });
  });

  test("stores only the hash, and the audit does not hold the token either", async () => {
    const { token } = await createEnrolmentToken(fleet.ctx(shop), { lifetimeMinutes: 60 });
    const rows = await db.ownerQuery(
      "select t::text from fleet_enrolment_token t union all select a::text from audit_entry a",
    );
    expect(JSON.stringify(rows)).not.toContain(token);
    expect(JSON.stringify(rows)).toContain(mint.hashToken(token));
  });

  test("offers the gateway under another name and refuses what is none", async () => {
    const ctx = fleet.ctx(shop);
    const { command } = await createEnrolmentToken(ctx, { lifetimeMinutes: 5, gatewayName: "gw.example" });
    expect(command).toContain("https://gw.example:8084");
    await expect(createEnrolmentToken(ctx, { lifetimeMinutes: 5, gatewayName: "a b" })).rejects.toMatchObject({
      kind: "invalid",
    });
  });

  test("another project sees nothing of it", async () => {
    const { id, token } = await createEnrolmentToken(fleet.ctx(shop), { lifetimeMinutes: 60 });
    const listed = await listEnrolmentTokens(fleet.ctx(bank), { offset: 0, limit: 50 });
    expect(listed.total).toBe(0);
    await expect(revokeEnrolmentToken(fleet.ctx(bank), { id })).rejects.toMatchObject({ kind: "not-found" });
    const inBank = enrolDefender(fleet.ctx(bank), { token, ...(await host()) });
    await expect(inBank).rejects.toMatchObject({ reason: "fleet.enrolment-token.unknown" });
  });
});

describe("revokeEnrolmentToken", () => {
  test("refuses without permission", async () => {
    const { id } = await createEnrolmentToken(fleet.ctx(shop), { lifetimeMinutes: 60 });
    await expect(revokeEnrolmentToken(fleet.ctx(shop, []), { id })).rejects.toMatchObject({ kind: "forbidden" });
  });

  test("twice changes nothing more, and the token is worthless", async () => {
    const { id, token } = await createEnrolmentToken(fleet.ctx(shop), { lifetimeMinutes: 60 });
    await revokeEnrolmentToken(fleet.ctx(shop), { id });
    await revokeEnrolmentToken(fleet.ctx(shop), { id });
    expect((await auditOf(shop, "fleet.enrolment-token.revoked")).filter((entry) => entry.subject === id)).toHaveLength(
      1,
    );
    const late = enrolDefender(fleet.ctx(shop), { token, ...(await host()) });
    await expect(late).rejects.toMatchObject({ reason: "fleet.enrolment-token.spent" });
  });
});

describe("enrolDefender", () => {
  test("refuses without permission", async () => {
    const asked = { token: "x".repeat(43), ...(await host()) };
    await expect(enrolDefender(fleet.ctx(shop, ["fleet.read"]), asked)).rejects.toMatchObject({ kind: "forbidden" });
  });

  test("gives a certificate that speaks for the token's project and no other", async () => {
    const { token } = await createEnrolmentToken(fleet.ctx(shop), { lifetimeMinutes: 60 });
    expect(await findTokenProject(db.database, mint.hashToken(token))).toEqual({ ...shop });
    const enrolled = await enrolDefender(fleet.ctx(shop), { token, ...(await host()) });
    expect(await admit(enrolled.certificate)).toMatchObject({
      outcome: "admitted",
      ...shop,
      defenderId: enrolled.defenderId,
    });
    const [project, installation] = enrolled.chain.map((pem) => new X509Certificate(pem));
    expect(new X509Certificate(enrolled.certificate).checkIssued(project as X509Certificate)).toBe(true);
    expect(project?.verify((installation as X509Certificate).publicKey)).toBe(true);
  });

  test("a token works once", async () => {
    const { token } = await createEnrolmentToken(fleet.ctx(shop), { lifetimeMinutes: 60 });
    await enrolDefender(fleet.ctx(shop), { token, ...(await host()) });
    const again = enrolDefender(fleet.ctx(shop), { token, ...(await host()) });
    await expect(again).rejects.toMatchObject({ kind: "unauthenticated", reason: "fleet.enrolment-token.spent" });
  });

  test("of ten hosts that use one token at the same moment, one enrols", async () => {
    const { token } = await createEnrolmentToken(fleet.ctx(shop), { lifetimeMinutes: 60 });
    const hosts = await Promise.all(Array.from({ length: 10 }, host));
    const outcomes = await Promise.allSettled(hosts.map((one) => enrolDefender(fleet.ctx(shop), { token, ...one })));
    expect(outcomes.filter((outcome) => outcome.status === "fulfilled")).toHaveLength(1);
  });

  test("an expired token and an unknown one are refused with the same words", async () => {
    const { token } = await createEnrolmentToken(fleet.ctx(shop), { lifetimeMinutes: 1 });
    clock.advance(60_000);
    const expired = await enrolDefender(fleet.ctx(shop), { token, ...(await host()) }).catch(
      (error: Error) => error.message,
    );
    const asked = { token: "x".repeat(43), ...(await host()) };
    const unknown = await enrolDefender(fleet.ctx(shop), asked).catch((error: Error) => error.message);
    expect(expired).toBe(unknown);
  });

  test("a request that is not one, and a key of the wrong kind, leave the token unused", async () => {
    const { token } = await createEnrolmentToken(fleet.ctx(shop), { lifetimeMinutes: 60 });
    const good = await host();
    const csr = "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----";
    const bad = enrolDefender(fleet.ctx(shop), { token, ...good, csr });
    await expect(bad).rejects.toMatchObject({ reason: "fleet.certificate.csr-unreadable" });
    const weak = enrolDefender(fleet.ctx(shop), { token, ...good, csr: await newCsr("P-384") });
    await expect(weak).rejects.toMatchObject({ reason: "fleet.certificate.key-unsupported" });
    expect((await enrolDefender(fleet.ctx(shop), { token, ...good })).defenderId).toMatch(/^[0-9a-f-]{36}$/);
  });

  test("a machine that enrols again while it is away replaces its Defender", async () => {
    const machineId = "ab".repeat(16);
    const first = await fleet.enrol(shop, { hostname: "db-1", machineId });
    const second = await fleet.enrol(shop, { hostname: "db-1", machineId });
    expect(second.defenderId).toBe(first.defenderId);
    expect(await admit(first.certificate)).toEqual({ outcome: "certificate-revoked" });
    expect(await admit(second.certificate)).toMatchObject({ outcome: "admitted" });
    const elsewhere = await fleet.enrol(bank, { hostname: "db-1", machineId });
    expect(elsewhere.defenderId).not.toBe(first.defenderId);
  });
});

describe("renewCertificate", () => {
  test("refuses without permission", async () => {
    const { defenderId } = await fleet.enrol(shop);
    const asked = { defenderId, csr: await newCsr() };
    await expect(renewCertificate(fleet.ctx(shop, ["fleet.read"]), asked)).rejects.toMatchObject({ kind: "forbidden" });
  });

  test("the old certificate stays good beside the new one", async () => {
    const { defenderId, certificate } = await fleet.enrol(shop);
    const renewed = await renewCertificate(fleet.ctx(shop), { defenderId, csr: await newCsr() });
    expect(await admit(renewed.certificate)).toMatchObject({ outcome: "admitted", defenderId });
    expect(await admit(certificate)).toMatchObject({ outcome: "admitted", defenderId });
  });

  test("nobody renews for a Defender of another project, nor without end", async () => {
    const { defenderId } = await fleet.enrol(shop);
    const foreign = renewCertificate(fleet.ctx(bank), { defenderId, csr: await newCsr() });
    await expect(foreign).rejects.toMatchObject({ kind: "forbidden" });
    const csr = await newCsr();
    const renewals = await Promise.allSettled(
      Array.from({ length: 10 }, () => renewCertificate(fleet.ctx(shop), { defenderId, csr })),
    );
    expect(renewals.filter((renewal) => renewal.status === "fulfilled")).toHaveLength(7);
  });
});

describe("revokeDefender and retireDefender", () => {
  test.for([
    ["revokeDefender", revokeDefender, "certificate-revoked", "fleet.defender.revoked"],
    ["retireDefender", retireDefender, "defender-retired", "fleet.defender.retired"],
  ] as const)("%s ends the certificate, once, and only in its project", async ([, verb, outcome, action]) => {
    const { defenderId: id, certificate } = await fleet.enrol(shop);
    await expect(verb(fleet.ctx(shop, ["fleet.read"]), { id })).rejects.toMatchObject({ kind: "forbidden" });
    await expect(verb(fleet.ctx(bank), { id })).rejects.toMatchObject({ kind: "not-found" });
    const before = (await auditOf(shop, action)).length;
    await verb(fleet.ctx(shop), { id });
    await verb(fleet.ctx(shop), { id });
    expect(await auditOf(shop, action)).toHaveLength(before + 1);
    expect(await admit(certificate)).toEqual({ outcome });
  });

  test("a retired Defender cannot renew and is shown as retired", async () => {
    const { defenderId: id } = await fleet.enrol(shop);
    await retireDefender(fleet.ctx(shop), { id });
    const renewal = renewCertificate(fleet.ctx(shop), { defenderId: id, csr: await newCsr() });
    await expect(renewal).rejects.toMatchObject({ reason: "fleet.defender.retired" });
    expect((await getDefender(fleet.ctx(shop), { id })).state).toBe("retired");
  });
});

describe("admitCertificate", () => {
  test("refuses an expired certificate and one of another installation", async () => {
    const { certificate } = await fleet.enrol(shop);
    const in91Days = new Date(clock.now().getTime() + 91 * 86_400_000);
    const parsed = new X509Certificate(certificate);
    expect(await admitCertificate(db.database, parsed, in91Days)).toEqual({ outcome: "certificate-expired" });
    const other = await testDatabase();
    const foreign = await openFleet(other.database, clock);
    const { certificate: unknown } = await foreign.enrol(await other.newProject());
    expect(await admit(unknown)).toEqual({ outcome: "certificate-unknown" });
    await other.drop();
  });
});
