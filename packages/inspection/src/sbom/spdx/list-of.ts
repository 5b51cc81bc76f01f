import type { z } from "zod";

/** The entries of a list that can be read; of the others their names are noted. */
export function listOf<Schema extends z.ZodType>(
  list: unknown,
  schema: Schema,
  unreadable: string[],
): z.infer<Schema>[] {
  if (list === undefined || list === null) return [];
  if (!Array.isArray(list)) {
    unreadable.push("a list that is no list");
    return [];
  }
  return list.flatMap((item: unknown) => {
    const parsed = schema.safeParse(item);
    if (parsed.success) return [parsed.data];
    const name: unknown = typeof item === "object" && item !== null ? Reflect.get(item, "name") : null;
    unreadable.push(typeof name === "string" ? name : "one without a name");
    return [];
  });
}
