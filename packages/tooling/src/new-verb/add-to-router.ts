import { routerLine } from "./templates.ts";
import type { VerbNames } from "./verb-names.ts";

/** Mounts a verb in the text of its area's router: two imports and one line. */
export function addToRouter(text: string, names: VerbNames): string {
  if (new RegExp(`\\b${names.verb}:`).test(text)) throw new Error(`${names.verb} is in the router already.`);
  const end = text.lastIndexOf("});");
  if (end === -1) throw new Error("The router does not end with `});`.");
  const mounted = text.slice(0, end) + routerLine(names, procedureOf(text, names)) + text.slice(end);
  return addVerbImport(addSchemaImport(mounted, names), names);
}

/** The area's own procedure when it has one, which carries the bound context; otherwise the project's. */
function procedureOf(text: string, { area, prefix }: VerbNames): Readonly<{ name: string; ctx: string }> {
  const own = /const (\w+Procedure) =/.exec(text)?.[1];
  return own === undefined
    ? { name: "projectProcedure", ctx: `bind${prefix}(ctx.platform, ctx.scope, ctx.caller)` }
    : { name: own, ctx: `ctx.${area}` };
}

function addSchemaImport(text: string, { schema }: VerbNames): string {
  const list = /import \{([^}]*)\} from "\.\.\/contract\.ts";/.exec(text);
  if (list === null) return addImport(text, `import { ${schema} } from "../contract.ts";\n`);
  const names = [...(list[1] ?? "").split(",").map((name) => name.trim()), schema].filter(Boolean);
  return text.replace(list[0], `import { ${names.toSorted().join(", ")} } from "../contract.ts";`);
}

function addVerbImport(text: string, { verb, file }: VerbNames): string {
  return addImport(text, `import { ${verb} } from "../verbs/${file}.ts";\n`);
}

function addImport(text: string, line: string): string {
  const last = [...text.matchAll(/^import .*?;\n|^\} from .*?;\n/gms)].at(-1);
  const at = last === undefined ? 0 : last.index + last[0].length;
  return text.slice(0, at) + line + text.slice(at);
}
