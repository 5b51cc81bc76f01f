import type { Table } from "./read-schema.ts";

export type SchemaExceptions = Readonly<{
  /** Tables without a project, each with the reason. */
  installationTables: Readonly<Record<string, string>>;
  /** `table.column` whose index spans projects, each with the reason. */
  crossProjectIndexes: Readonly<Record<string, string>>;
}>;

/** What breaks the rules for tables: every row belongs to a project unless its table is named as an exception. */
export function findSchemaFaults(tables: readonly Table[], exceptions: SchemaExceptions): readonly string[] {
  return tables.flatMap((table) => [
    ...faultsOfName(table),
    ...(table.name in exceptions.installationTables ? faultsOfShared(table) : faultsOfScoped(table, exceptions)),
    ...faultsOfColumns(table),
  ]);
}

function faultsOfName({ area, name, model }: Table): readonly string[] {
  const expected = model.replaceAll(/(?<!^)([A-Z])/g, "_$1").toLowerCase();
  return [
    ...(name.startsWith(`${area}_`) ? [] : [`${name}: a table of ${area} is called ${area}_…`]),
    ...(name === expected ? [] : [`${name}: model ${model} maps to ${expected}`]),
  ];
}

function faultsOfShared({ name, columns }: Table): readonly string[] {
  const isScoped = columns.some((column) => column.name === "project_id");
  return isScoped ? [`${name}: is listed as having no project, and has one; take it off the list`] : [];
}

function faultsOfScoped({ name, key, indexes, foreignKeys }: Table, exceptions: SchemaExceptions): readonly string[] {
  const spanning = indexes.filter(
    ([first = ""]) => first !== "project_id" && !(`${name}.${first}` in exceptions.crossProjectIndexes),
  );
  const unindexed = foreignKeys.filter((columns) => ![key, ...indexes].some((index) => startsWith(index, columns)));
  return [
    ...(key[0] === "project_id" ? [] : [`${name}: project_id comes first in the primary key`]),
    ...spanning.map((columns) => `${name}: project_id comes first in the index on ${columns.join(", ")}`),
    ...unindexed.map((columns) => `${name}: the foreign key on ${columns.join(", ")} has no index`),
  ];
}

function faultsOfColumns({ name, columns }: Table): readonly string[] {
  return columns.flatMap((column) => {
    const isTime = column.type.startsWith("DateTime") && !column.attributes.includes("@db.Timestamptz(3)");
    return [
      ...(isTime ? [`${name}.${column.name}: times are timestamptz(3)`] : []),
      ...(/^[a-z][a-z0-9_]*$/.test(column.name) || !/@map|@db/.test(column.attributes)
        ? []
        : [`${name}.${column.name}: column names are snake_case`]),
    ];
  });
}

function startsWith(index: readonly string[], columns: readonly string[]): boolean {
  return columns.every((column, position) => index[position] === column);
}
