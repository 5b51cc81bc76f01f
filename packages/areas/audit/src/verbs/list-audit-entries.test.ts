import { bindArea } from "@rampart/database";
import { Refusal, type Caller, type ProjectScope } from "@rampart/kernel";
import { testCaller, testClock, testDatabase, type TestDatabase } from "@rampart/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { auditPort, bindAudit } from "../bind.ts";
import { ListAuditEntries } from "../contract.ts";
import { listAuditEntries } from "./list-audit-entries.ts";
import { listAuditFilterValues } from "./list-audit-filter-values.ts";

let db: TestDatabase;
let shop: ProjectScope;
const clock = testClock();
beforeAll(async () => {
  db = await testDatabase();
  shop = await db.newProject("shop");
});
afterAll(() => db.drop());

const asked = (about: Partial<ListAuditEntries> = {}) => ListAuditEntries.parse(about);
const reader = (scope = shop) => bindAudit(db, scope, testCaller(["audit.read"]));

/** Records one entry as an area's write verb does. */
async function record(
  action: string,
  change: Parameters<ReturnType<typeof auditPort>["record"]>[1],
  by: Partial<Caller> = {},
) {
  const caller = { ...testCaller([]), ...by };
  const ctx = bindArea({ database: db.database, scope: shop, caller, clock, audit: auditPort, makeStores: () => ({}) });
  clock.advance(1_000);
  await ctx.unit(({ audit }) => audit.record(action, change));
}

describe("listAuditEntries", () => {
  beforeAll(async () => {
    await record(
      "identity.sign-in.refused",
      { subject: "ann" },
      { name: "anonymous", kind: "system", sourceIp: "192.0.2.7" },
    );
    await record("alerts.channel.created", {
      subject: "siem",
      after: { name: "siem", secrets: { clientKey: "needle" } },
    });
    await record("vulnerabilities.policy.saved", { before: { rules: 1 }, after: { rules: 2 } }, { name: "bob" });
  });

  test("refuses without permission", async () => {
    await expect(listAuditEntries(bindAudit(db, shop, testCaller([])), asked())).rejects.toThrow(Refusal);
  });

  test("shows who changed what, from where, before and after, newest first", async () => {
    const { rows, total } = await listAuditEntries(reader(), asked());
    expect(total).toBe(3);
    expect(rows.map(({ action, type, callerName }) => [action, type, callerName])).toEqual([
      ["vulnerabilities.policy.saved", "rule", "bob"],
      ["alerts.channel.created", "settings", "tester"],
      ["identity.sign-in.refused", "login", "anonymous"],
    ]);
    expect(rows[0]?.differences).toEqual([{ path: "rules", before: 1, after: 2 }]);
    expect(rows[2]?.sourceIp).toBe("192.0.2.7");
  });

  test("never stores a secret that a verb handed over", async () => {
    const rows = await db.ownerQuery<{ after: unknown }>("select after from audit_entry");
    expect(JSON.stringify(rows)).not.toContain("needle");
  });

  test.for([
    [{ types: ["login" as const] }, ["identity.sign-in.refused"]],
    [{ types: ["settings" as const] }, ["alerts.channel.created"]],
    [{ area: "alerts" }, ["alerts.channel.created"]],
    [{ callerNames: ["bob"] }, ["vulnerabilities.policy.saved"]],
    [{ search: "SIEM" }, ["alerts.channel.created"]],
    [{ actions: ["alerts.channel.created"] }, ["alerts.channel.created"]],
    [{ offset: 1, limit: 1 }, ["alerts.channel.created"]],
    [{ to: "2026-01-05T10:00:01.500Z" }, ["identity.sign-in.refused"]],
  ])("finds by %j", async ([filter, actions]) => {
    const { rows } = await listAuditEntries(reader(), asked(filter as Partial<ListAuditEntries>)); // the table is data
    expect(rows.map(({ action }) => action)).toEqual(actions);
  });

  test("does not see another project", async () => {
    const other = await db.newProject("other");
    expect(await listAuditEntries(reader(other), asked())).toEqual({ rows: [], total: 0 });
    expect(await listAuditFilterValues(reader(other))).toEqual({ actions: [], callerNames: [] });
  });

  test("offers the values that occur", async () => {
    expect((await listAuditFilterValues(reader())).callerNames).toEqual(["anonymous", "bob", "tester"]);
  });

  test("an entry goes with its change: neither stays when the unit fails", async () => {
    const ctx = bindArea({
      database: db.database,
      scope: shop,
      caller: testCaller([]),
      audit: auditPort,
      makeStores: () => ({}),
    });
    const failing = ctx.unit(async ({ audit }) => {
      await audit.record("alerts.channel.removed", {});
      throw new Refusal("conflict", "test.undone", "undone");
    });
    await expect(failing).rejects.toThrow("undone");
    expect((await listAuditEntries(reader(), asked())).total).toBe(3);
  });

  test("nobody may change or remove an entry", async () => {
    const change = db.database.unit(shop, (tx) => tx.$executeRaw`update audit_entry set action = 'x'`);
    await expect(change).rejects.toThrow(/permission denied/);
    const removal = db.database.unit(shop, (tx) => tx.$executeRaw`delete from audit_entry`);
    await expect(removal).rejects.toThrow(/permission denied/);
  });
});
