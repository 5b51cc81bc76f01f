import { basename } from "node:path";
import type { Context, Rule, Syntax } from "../syntax.ts";

/** One verb, one file, one name: `grant-exception.ts` exports `grantException`, so that guessing a path works. */
export const namedAfterExport: Rule = {
  meta: {
    type: "suggestion",
    messages: { missing: "`{{file}}` must export `{{name}}`, the thing it is named after." },
  },
  create(context: Context) {
    const exported: string[] = [];
    return {
      ExportNamedDeclaration(node) {
        exported.push(...namesOf(node.declaration));
        for (const specifier of node.specifiers) {
          if (specifier.exported.type === "Identifier") exported.push(specifier.exported.name);
        }
      },
      "Program:exit"(program) {
        const file = basename(context.filename);
        const name = file.replace(/\.tsx?$/, "").replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
        if (exported.some((candidate) => candidate.toLowerCase() === name.toLowerCase())) return;
        context.report({ node: program, messageId: "missing", data: { file, name } });
      },
    };
  },
};

function namesOf(declaration: Syntax | null): readonly string[] {
  if (declaration?.type === "VariableDeclaration") {
    return declaration.declarations.flatMap(({ id }) => (id.type === "Identifier" ? [id.name] : []));
  }
  if (declaration?.type === "TSTypeAliasDeclaration" || declaration?.type === "TSInterfaceDeclaration") {
    return [declaration.id.name];
  }
  const isNamed = declaration?.type === "FunctionDeclaration" || declaration?.type === "ClassDeclaration";
  return isNamed && declaration.id ? [declaration.id.name] : [];
}
