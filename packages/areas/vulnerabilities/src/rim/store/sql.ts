import { Prisma } from "@rampart/database";

export type Sql = ReturnType<typeof Prisma.sql>;

/** Joins conditions; a list of none is always true. */
export function allOf(conditions: readonly (Sql | undefined)[]): Sql {
  const present = conditions.filter((condition) => condition !== undefined);
  return present.length === 0 ? Prisma.sql`true` : Prisma.join(present, " and ");
}

/** A condition when the value is given. */
export function when<Value>(value: Value | undefined, condition: (value: Value) => Sql): Sql | undefined {
  return value === undefined ? undefined : condition(value);
}

/** A `like` pattern for text that contains the search word, in which nothing but the ends is a wildcard. */
export function containing(word: string): string {
  return `%${word.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
}

export function startingWith(word: string): string {
  return `${word.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
}

export function toInstantOrNull(date: Date | null): string | null {
  return date?.toISOString() ?? null;
}

/** Rows of a list as one JSON parameter, for `jsonb_to_recordset`. */
export function asRows(rows: readonly object[]): string {
  return JSON.stringify(rows);
}

export function batchesOf<Row>(rows: readonly Row[], size: number): readonly (readonly Row[])[] {
  const batches: (readonly Row[])[] = [];
  for (let at = 0; at < rows.length; at += size) batches.push(rows.slice(at, at + size));
  return batches;
}
