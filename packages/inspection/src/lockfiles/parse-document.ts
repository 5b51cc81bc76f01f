import { FAILSAFE_SCHEMA, loadAll, YAMLException } from "js-yaml";
import { parse, TomlError } from "smol-toml";
import stripJsonComments from "strip-json-comments";
import { z } from "zod";
import { decodeText } from "./decode-text.ts";

/** Collections inside collections. Old lock files of npm nest as deep as the packages do, others six levels. */
const depthMax = 64;

/** Entries by name, each of which is checked on its own: one that makes no sense costs only itself. */
export const Entries = z.record(z.string(), z.unknown());

export function parseJson<Schema extends z.ZodType>(bytes: Buffer, schema: Schema): z.infer<Schema> {
  return checked(JSON.parse(decodeText(bytes)), schema);
}

/** JSON with comments and commas after the last element, as bun writes it. */
export function parseCommentedJson<Schema extends z.ZodType>(bytes: Buffer, schema: Schema): z.infer<Schema> {
  return checked(JSON.parse(stripJsonComments(decodeText(bytes), { trailingCommas: true, whitespace: false })), schema);
}

/**
 * All documents of the file, at least one. All scalars stay text, so that version 1.10 is not 1.1. No lock file needs
 * aliases, which can multiply.
 */
export function parseYaml<Schema extends z.ZodType>(bytes: Buffer, schema: Schema): z.infer<Schema>[] {
  try {
    const options = { schema: FAILSAFE_SCHEMA, maxDepth: depthMax, maxAliases: 0 };
    const documents = loadAll(decodeText(bytes), options);
    if (documents.length === 0) throw new Error("the file is empty");
    return documents.map((document) => checked(document, schema));
  } catch (error) {
    // Its message repeats the lines around; the reason is enough.
    throw error instanceof YAMLException ? new Error(`${error.reason}, line ${(error.mark?.line ?? 0) + 1}`) : error;
  }
}

export function parseToml<Schema extends z.ZodType>(bytes: Buffer, schema: Schema): z.infer<Schema> {
  try {
    return checked(parse(decodeText(bytes), { integersAsBigInt: "asNeeded", maxDepth: depthMax }), schema);
  } catch (error) {
    throw error instanceof TomlError ? new Error(error.message.split("\n", 1)[0]) : error;
  }
}

function checked<Schema extends z.ZodType>(value: unknown, schema: Schema): z.infer<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0] ?? { path: [], message: "unknown format" };
  throw new Error(path.length === 0 ? message : `${path.join(".")}: ${message}`);
}
