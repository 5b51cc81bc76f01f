import { grantScope } from "@rampart/kernel/grant";
import type { ProjectScope } from "@rampart/kernel";
import { testDatabase, type TestDatabase } from "@rampart/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { factsPort } from "./facts.ts";
import { randomIds } from "./random-ids.ts";

let db: TestDatabase;
let mine: ProjectScope;
let other: ProjectScope;

beforeAll(async () => {
  db = await testDatabase();
  mine = await db.newProject("mine");
  other = await db.newProject("other");
});
afterAll(() => db.drop());

function entry(id: string) {
  return {
    id,
    at: new Date(),
    callerKind: "user",
    callerId: "u",
    callerName: "u",
    action: "a",
    projectId: mine.projectId,
  };
}

describe("a unit of work", () => {
  test("shows a project its own rows and no others", async () => {
    await db.database.unit(mine, (tx) => tx.auditEntry.createMany({ data: [entry(randomIds.next())] }));
    expect(await db.database.read(mine, (tx) => tx.auditEntry.count())).toBe(1);
    expect(await db.database.read(other, (tx) => tx.auditEntry.count())).toBe(0);
  });

  test("cannot write a row of another project, not even in plain SQL", async () => {
    const write = db.database.unit(
      other,
      (tx) =>
        tx.$executeRaw`insert into audit_entry (project_id, id, at, caller_kind, caller_id, caller_name, action)
        values (${mine.projectId}::uuid, ${randomIds.next()}::uuid, now(), 'u', 'u', 'u', 'a')`,
    );
    await expect(write).rejects.toThrow(/row-level security/);
  });

  test("that only reads cannot write", async () => {
    const write = db.database.read(mine, (tx) => tx.auditEntry.createMany({ data: [entry(randomIds.next())] }));
    await expect(write).rejects.toThrow(/read-only/);
  });

  test("appends facts it cannot read back", async () => {
    await db.database.unit(mine, (tx) =>
      factsPort(tx, mine, randomIds).append({ type: "x.happened", payload: { a: 1 } }),
    );
    await expect(db.database.read(mine, (tx) => tx.platformOutbox.count())).rejects.toThrow(/permission denied/);
  });

  test("of a project that does not exist sees nothing", async () => {
    const nobody = grantScope(randomIds.next(), randomIds.next());
    expect(await db.database.read(nobody, (tx) => tx.tenancyProject.findMany({ take: 10 }))).toEqual([]);
  });
});

test("every table refuses the service role outside a unit of work", async () => {
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: db.url });
  await client.connect();
  await expect(client.query("select * from tenancy_tenant")).rejects.toThrow(/permission denied/);
  await client.end();
});
