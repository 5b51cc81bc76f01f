type Json = Readonly<Record<string, unknown>>;

/** The row with only the fields asked for, which may be dotted, and always its id. Without a list, the whole row. */
export function pickFields(row: Json, fields: readonly string[] | undefined): Json {
  if (fields === undefined || fields.length === 0) return row;
  const picked: Record<string, unknown> = { _id: row["_id"] };
  for (const field of fields) {
    const [top = "", ...rest] = field.split(".");
    if (!Object.hasOwn(row, top)) continue;
    picked[top] = rest.length === 0 ? row[top] : merged(picked[top], pickPath(row[top], rest));
  }
  return picked;
}

function pickPath(value: unknown, [next, ...rest]: readonly string[]): unknown {
  if (next === undefined) return value;
  if (Array.isArray(value)) return value.map((item) => pickPath(item, [next, ...rest]));
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, next)) return {};
  return { [next]: pickPath(Reflect.get(value, next), rest) };
}

function merged(left: unknown, right: unknown): unknown {
  if (Array.isArray(left) && Array.isArray(right)) return right.map((item, index) => merged(left[index], item));
  const areObjects = typeof left === "object" && left !== null && typeof right === "object" && right !== null;
  return areObjects ? { ...left, ...right } : right;
}
