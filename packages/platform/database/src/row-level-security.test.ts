import type { ProjectScope } from "@rampart/kernel";
import { testDatabase, type TestDatabase } from "@rampart/testing";
import { afterAll, beforeAll, expect, test } from "vitest";

let db: TestDatabase;
let mine: ProjectScope;
let other: ProjectScope;

type Column = { name: string; type: string };

beforeAll(async () => {
  db = await testDatabase();
  mine = await db.newProject("mine");
  other = await db.newProject("other");
  await dropConstraints();
});
afterAll(() => db.drop());

/** Made-up rows satisfy no check and no reference; this database exists for this test alone. */
async function dropConstraints(): Promise<void> {
  const constraints = await db.ownerQuery<{ drop: string }>(`
    select format('alter table %s drop constraint %I cascade', conrelid::regclass, conname) as drop
    from pg_constraint where connamespace = 'public'::regnamespace and contype in ('c', 'f')
      and conparentid = 0 and conislocal`);
  for (const { drop } of constraints) await db.ownerQuery(drop);
}

async function tables(): Promise<{ table: string; forced: boolean; scoped: boolean }[]> {
  return db.ownerQuery(`
    select c.relname as table, c.relforcerowsecurity and c.relrowsecurity as forced,
      exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'project_id') as scoped
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
      and c.relname <> '_prisma_migrations' and not c.relispartition order by 1`);
}

function madeUp(column: Column): string {
  if (column.name === "project_id") return `'${mine.projectId}'`;
  if (column.type.endsWith("[]")) return "'{}'";
  const samples: Record<string, string> = { uuid: "gen_random_uuid()", jsonb: "'{}'", boolean: "true", bytea: "''" };
  if (column.type in samples) return samples[column.type] ?? "null";
  if (column.type.startsWith("timestamp")) return "now()";
  if (/int|numeric|double|real/.test(column.type)) return "1";
  return "'x'";
}

async function insertMadeUpRow(table: string): Promise<void> {
  const columns = await db.ownerQuery<Column>(
    `select attname as name, format_type(atttypid, atttypmod) as type from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = '' and attidentity <> 'a'`,
    [table],
  );
  const names = columns.map((column) => `"${column.name}"`).join(", ");
  await db.ownerQuery(`insert into ${table} (${names}) values (${columns.map(madeUp).join(", ")})`);
}

test("every table forces row-level security, on its owner too", async () => {
  const all = await tables();
  expect(all.length).toBeGreaterThan(5);
  expect(all.filter((row) => !row.forced).map((row) => row.table)).toEqual([]);
});

test("every table with a project shows its row to that project at most, and never to another", async () => {
  const scoped = (await tables()).filter((row) => row.scoped);
  expect(scoped.length).toBeGreaterThan(2);
  for (const { table } of scoped) {
    await insertMadeUpRow(table);
    const count = `select count(*)::int as n from "${table}"`;
    const seen = await db.database
      .read(other, (tx) => tx.$queryRawUnsafe<{ n: number }[]>(count))
      .catch((error: unknown) => {
        if (/permission denied/.test(String(error))) return [{ n: 0 }];
        throw error;
      });
    expect(seen, table).toEqual([{ n: 0 }]);
    expect(await db.ownerQuery<{ n: number }>(count), `${table} holds the row`).not.toEqual([{ n: 0 }]);
  }
});
