/** One table as `prisma/schema/<area>.prisma` declares it, with column names of the database. */
export type Table = Readonly<{
  area: string;
  model: string;
  name: string;
  columns: readonly Column[];
  /** Columns of the primary key, in order. */
  key: readonly string[];
  /** Columns of each index and uniqueness, in order. */
  indexes: readonly (readonly string[])[];
  foreignKeys: readonly (readonly string[])[];
}>;
export type Column = Readonly<{ name: string; type: string; attributes: string }>;

/** Reads what the architecture tests ask about; everything else in a schema file is passed over. */
export function readSchema(area: string, text: string): readonly Table[] {
  return [...text.matchAll(/^model (\w+) \{\n([\s\S]*?)^\}/gm)].map(([, model = "", body = ""]) =>
    readModel(area, model, body),
  );
}

function readModel(area: string, model: string, body: string): Table {
  const lines = body.split("\n").map((line) => line.trim());
  const fields = lines.flatMap((line) => readField(line));
  const nameOf = new Map(fields.map(({ field, column }) => [field, column.name]));
  const listed = (attribute: string): readonly (readonly string[])[] =>
    [...body.matchAll(new RegExp(`@@${attribute}\\(\\[([^\\]]*)\\]`, "g"))].map(([, list = ""]) =>
      columnsIn(list, nameOf),
    );
  const marked = (attribute: string): readonly (readonly string[])[] =>
    fields
      .filter(({ column }) => new RegExp(`@${attribute}\\b`).test(column.attributes))
      .map(({ column }) => [column.name]);
  const relations = [...body.matchAll(/@relation\(.*?fields: \[([^\]]*)\]/g)];
  return {
    area,
    model,
    name: /@@map\("(\w+)"\)/.exec(body)?.[1] ?? model,
    columns: fields.map(({ column }) => column),
    key: [...marked("id"), ...listed("id")].flat(),
    indexes: [...marked("unique"), ...listed("unique"), ...listed("index")],
    foreignKeys: relations.map(([, list = ""]) => columnsIn(list, nameOf)),
  };
}

function readField(line: string): readonly Readonly<{ field: string; column: Column }>[] {
  const [, field = "", type = "", attributes = ""] = /^(\w+)\s+([\w.]+(?:\[\]|\?)?)\s*(.*)$/.exec(line) ?? [];
  if (field === "" || line.startsWith("//") || line.startsWith("@@")) return [];
  const name = /@map\("(\w+)"\)/.exec(attributes)?.[1] ?? field;
  return [{ field, column: { name, type, attributes } }];
}

/** `projectId, at(sort: Desc)` in column names. */
function columnsIn(list: string, nameOf: ReadonlyMap<string, string>): readonly string[] {
  return list
    .replaceAll(/\([^)]*\)/g, "")
    .split(",")
    .map((field) => field.trim())
    .map((field) => nameOf.get(field) ?? field);
}
