import { Prisma } from "@rampart/database";
import { readLabelFilter } from "../../core/label-filter.ts";

export type Sql = ReturnType<typeof Prisma.sql>;

/** Joins conditions; a list of none is always true. */
export function allOf(conditions: readonly (Sql | false | undefined)[]): Sql {
  const present = conditions.filter((condition) => condition !== undefined && condition !== false);
  return present.length === 0 ? Prisma.sql`true` : Prisma.join(present, " and ");
}

/** A condition when the value is given. */
export function when<Value>(value: Value | undefined, condition: (value: Value) => Sql): Sql | undefined {
  return value === undefined ? undefined : condition(value);
}

/** Whether the JSON column holds the label that a `key` or `key=value` filter asks for. */
export function hasLabel(column: Sql, filter: string): Sql {
  const { key, value } = readLabelFilter(filter);
  return value === undefined
    ? Prisma.sql`jsonb_exists(${column}, ${key})`
    : Prisma.sql`${column} ->> ${key} = ${value}`;
}

/** `order by` of a list: the asked column, then the id, so that pages neither repeat nor skip a row. */
export function orderBy(column: Sql, reverse: boolean, tieBreak: Sql): Sql {
  return reverse
    ? Prisma.sql`order by ${column} desc nulls last, ${tieBreak} desc`
    : Prisma.sql`order by ${column} asc nulls last, ${tieBreak} asc`;
}

/** Counts leave the database as text-free numbers: bigint columns are cast, because JSON knows no bigint. */
export function firstTotal(rows: readonly { total: number }[]): number {
  return rows[0]?.total ?? 0;
}

export const toInstant = (date: Date): string => date.toISOString();
export const toInstantOrNull = (date: Date | null): string | null => date?.toISOString() ?? null;
