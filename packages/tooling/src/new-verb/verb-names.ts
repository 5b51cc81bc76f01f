/** The names that follow from an area and a verb such as `fleet` and `rename-defender`. */
export type VerbNames = Readonly<{
  area: string;
  /** `rename-defender`, the file. */
  file: string;
  /** `renameDefender`, the function and the procedure. */
  verb: string;
  /** `RenameDefender`, the input schema. */
  schema: string;
  /** `Fleet`, the first part of `FleetCtx` and `bindFleet`. */
  prefix: string;
  /** Reading verbs open `ctx.read`, ask for `<area>.read` and are queries. */
  reads: boolean;
}>;

const verbShape = /^[a-z]+(-[a-z0-9]+)+$/;
const reading = /^(get|find|list|count|describe|preview)-/;
const refused = /^(handle|process|manage|do|perform|execute)-/;

export function verbNames(area: string, file: string): VerbNames {
  if (!verbShape.test(file)) throw new Error(`"${file}" is no verb: say what it does to what, as in rename-defender.`);
  if (refused.test(file)) throw new Error(`"${file}" starts with a word that could mean anything; see the glossary.`);
  const schema = pascal(file);
  const verb = schema.charAt(0).toLowerCase() + schema.slice(1);
  return { area, file, verb, schema, prefix: pascal(area), reads: reading.test(file) };
}

function pascal(kebab: string): string {
  return kebab.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
}
