import type { Table } from "./read-schema.ts";

/**
 * Places that name a table of another area: by Prisma's accessor (`tx.fleetDefender`) or in SQL. A table has one
 * writer and one reader, its area; everybody else asks the area's front door.
 */
export function findForeignTables(
  tables: readonly Table[],
  sources: readonly Readonly<{ path: string; text: string }>[],
): readonly string[] {
  return sources.flatMap(({ path, text }) =>
    tables
      .filter(({ area }) => !isHome(area, path))
      .filter(({ model, name }) =>
        new RegExp(`\\.${accessor(model)}\\b|\\b(from|join|into|update|table)\\s+${name}\\b`).test(text),
      )
      .map(({ name, area }) => `${path}: ${name} belongs to ${area}`),
  );
}

function isHome(area: string, path: string): boolean {
  return area === "platform" ? path.startsWith("packages/platform/") : path.startsWith(`packages/areas/${area}/`);
}

function accessor(model: string): string {
  return model.charAt(0).toLowerCase() + model.slice(1);
}
