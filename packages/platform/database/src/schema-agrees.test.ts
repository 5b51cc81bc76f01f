import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import { SchemaEngine } from "@prisma/schema-engine-wasm";
import { sharedPostgres, testDatabase, type TestDatabase } from "@rampart/testing";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";

const schemaFolder = join(import.meta.dirname, "../../../../prisma/schema");

let migrated: TestDatabase;
let fromSchema: pg.Client;

beforeAll(async () => {
  migrated = await testDatabase();
  fromSchema = await databaseFromSchema();
});
afterAll(async () => {
  await fromSchema.end();
  await migrated.drop();
});

/** What Prisma itself would create from the schema files, in an empty database of its own. */
async function databaseFromSchema(): Promise<pg.Client> {
  const { ownerUrl } = await sharedPostgres();
  const admin = new pg.Client({ connectionString: ownerUrl });
  await admin.connect();
  const name = `schema_${process.pid}`;
  await admin.query(`create database ${name}`);
  await admin.end();
  const url = new URL(ownerUrl);
  url.pathname = `/${name}`;
  const client = new pg.Client({ connectionString: url.toString() });
  await client.connect();
  await client.query(await scriptOfSchema(url.toString()));
  return client;
}

async function scriptOfSchema(connectionString: string): Promise<string> {
  const names = await readdir(schemaFolder);
  const files = await Promise.all(
    names.map(async (path) => ({ path, content: await readFile(join(schemaFolder, path), "utf8") })),
  );
  const engine = await SchemaEngine.new(
    { datamodels: files.map(({ path, content }) => [path, content]) },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(new PrismaPg({ connectionString })),
  );
  const { stdout } = await engine.diff({
    from: { tag: "empty" },
    to: { tag: "schemaDatamodel", files },
    script: true,
    exitCode: null,
    filters: { externalTables: [], externalEnums: [] },
  });
  return stdout ?? "";
}

/** Prisma has no way to say that a list may not be null, so that is left out of the comparison. */
const columns = `
  select c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
    || case when a.attnotnull and a.attndims = 0 then ' not null' else '' end as line
  from pg_attribute a join pg_class c on c.oid = a.attrelid
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
    and a.attnum > 0 and not a.attisdropped and c.relname <> '_prisma_migrations' order by 1`;

const primaryKeys = `
  select c.conrelid::regclass || ' ' || pg_get_constraintdef(c.oid) as line from pg_constraint c
  join pg_class t on t.oid = c.conrelid and not t.relispartition
  where c.contype = 'p' and c.connamespace = 'public'::regnamespace and t.relname <> '_prisma_migrations' order by 1`;

test.for([
  ["columns", columns],
  ["primary keys", primaryKeys],
] as const)("migrations and the Prisma schema agree on %s", async ([, sql]) => {
  const expected = (await fromSchema.query<{ line: string }>(sql)).rows.map((row) => row.line);
  const actual = (await migrated.ownerQuery<{ line: string }>(sql)).map((row) => row.line);
  expect(expected.length).toBeGreaterThan(5);
  expect(actual).toEqual(expected);
});
