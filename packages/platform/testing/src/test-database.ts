import { randomUUID } from "node:crypto";
import type { ProjectScope } from "@rampart/kernel";
import { grantScope } from "@rampart/kernel/grant";
import { openDatabase, randomIds, type Database } from "@rampart/database";
import { serviceUrl } from "@rampart/database/migrate";
import pg from "pg";
import { sharedPostgres } from "./shared-servers.ts";

export type TestDatabase = Readonly<{
  database: Database;
  /** What a process would get as DATABASE_URL: the service role. */
  url: string;
  /** The owner, who passes by row-level security: for looking at what really lies in the tables. */
  ownerUrl: string;
  /** Rows as the owner sees them, over all projects. */
  ownerQuery<Row extends object>(sql: string, values?: unknown[]): Promise<Row[]>;
  /** Makes a tenant with one project and grants its scope. */
  newProject(name?: string): Promise<ProjectScope>;
  drop(): Promise<void>;
}>;

/** A database of its own for one suite, copied from the migrated template in about 50 ms. Drop it in `afterAll`. */
export async function testDatabase(): Promise<TestDatabase> {
  const { ownerUrl, template, servicePassword } = await sharedPostgres();
  const name = `t_${randomUUID().replaceAll("-", "")}`;
  await query(ownerUrl, `create database ${name} template ${template}`);
  const ownDatabase = new URL(ownerUrl);
  ownDatabase.pathname = `/${name}`;
  const ownOwnerUrl = ownDatabase.toString();
  await query(ownOwnerUrl, `grant connect on database ${name} to rampart_service`);
  const url = serviceUrl(ownOwnerUrl, servicePassword);
  const database = openDatabase({ url, poolMax: 5 });
  const owner = new pg.Pool({ connectionString: ownOwnerUrl, max: 2 });
  owner.on("error", () => undefined); // a suite may stop the server on purpose
  return {
    database,
    url,
    ownerUrl: ownOwnerUrl,
    async ownerQuery<Row extends object>(sql: string, values: unknown[] = []) {
      return (await owner.query<Row>(sql, values)).rows;
    },
    newProject: (projectName = "shop") => newProject(database, projectName),
    async drop() {
      await database.close();
      await owner.end();
      await query(ownerUrl, `drop database if exists ${name} with (force)`);
    },
  };
}

async function newProject(database: Database, name: string): Promise<ProjectScope> {
  const tenantId = randomIds.next();
  const projectId = randomIds.next();
  await database.installation(async (tx) => {
    await tx.tenancyTenant.create({ data: { id: tenantId, slug: `tenant-${tenantId}`, name } });
    await tx.tenancyProject.create({ data: { id: projectId, tenantId, slug: `${name}-${projectId}`, name } });
  });
  return grantScope(tenantId, projectId);
}

/** Copying a template needs it to be free of sessions; another suite may be copying at the same moment. */
async function query(url: string, sql: string, triesLeft = 50): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } catch (error) {
    const busy = error instanceof pg.DatabaseError && error.code === "55006";
    if (!busy || triesLeft === 0) throw error;
    await new Promise((resolve) => setTimeout(resolve, 100));
    await query(url, sql, triesLeft - 1);
  } finally {
    await client.end();
  }
}
