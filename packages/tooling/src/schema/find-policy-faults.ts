import type { Table } from "./read-schema.ts";

const ownProject = "project_id = current_setting('app.project')::uuid";

/** What the second belt lacks: row-level security that is enabled, forced, and lets a project see its own rows only. */
export function findPolicyFaults(tables: readonly Table[], policies: string): readonly string[] {
  const statements = policies
    .replaceAll(/--.*$/gm, "")
    .split(";")
    .map((statement) => statement.replaceAll(/\s+/g, " ").trim().toLowerCase());
  return tables.flatMap((table) => faultsOfTable(table, statements));
}

function faultsOfTable({ name, columns }: Table, statements: readonly string[]): readonly string[] {
  const policies = statements.filter((statement) => new RegExp(`^create policy \\w+ on ${name}\\b`).test(statement));
  const isScoped = columns.some((column) => column.name === "project_id");
  const toProject = policies.filter((policy) => policy.includes("to rampart_project"));
  const open = toProject.filter((policy) => !policy.includes(ownProject));
  const unchecked = toProject.filter((policy) => !policy.includes(" for select ") && !policy.includes("with check"));
  return [
    ...(statements.includes(`alter table ${name} enable row level security`)
      ? []
      : [`${name}: row-level security is not enabled`]),
    ...(statements.includes(`alter table ${name} force row level security`)
      ? []
      : [`${name}: row-level security is not forced`]),
    ...(policies.length > 0 ? [] : [`${name}: nobody has a policy`]),
    ...(isScoped && open.length > 0 ? [`${name}: a project's policy does not ask for ${ownProject}`] : []),
    ...unchecked.map(() => `${name}: a project's policy lets rows be written without a check`),
  ];
}
