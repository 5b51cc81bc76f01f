import type pg from "pg";

/**
 * Three roles, none of which passes by row-level security. Processes sign in as `rampart_service`, which holds no
 * right of its own; a transaction takes on one of the other two. A query outside a unit of work is refused.
 */
export async function prepareRoles(client: pg.Client, servicePassword: string): Promise<void> {
  await createRole(client, "rampart_project", "nologin");
  await createRole(client, "rampart_installation", "nologin");
  await createRole(client, "rampart_service", "login noinherit");
  const { rows } = await client.query<{ database: string; literal: string }>(
    "select quote_ident(current_database()) as database, quote_literal($1::text) as literal",
    [servicePassword],
  );
  const { database, literal } = rows[0] ?? { database: "", literal: "" };
  await client.query(`
    alter role rampart_service password ${literal};
    grant rampart_project, rampart_installation to rampart_service;
    grant connect on database ${database} to rampart_service;
    grant usage on schema public to rampart_project, rampart_installation;
  `);
}

async function createRole(client: pg.Client, name: string, options: string): Promise<void> {
  const found = await client.query("select 1 from pg_roles where rolname = $1", [name]);
  if (found.rowCount === 0) {
    await client.query(`create role ${name} ${options} nosuperuser nobypassrls nocreatedb nocreaterole`);
  }
}
