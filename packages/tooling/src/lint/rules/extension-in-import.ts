import type { Context, Rule, Syntax } from "../syntax.ts";

/** Node runs our sources as they are and does not guess endings. */
export const extensionInImport: Rule = {
  meta: {
    type: "problem",
    messages: { missing: "`{{path}}` needs its ending (`.ts`, `.tsx`): Node resolves no other." },
  },
  create(context: Context) {
    const check = (source: Syntax | null): void => {
      if (source?.type !== "Literal" || typeof source.value !== "string") return;
      const path = source.value;
      if (path.startsWith(".") && !/\.[a-z]+$/.test(path))
        context.report({ node: source, messageId: "missing", data: { path } });
    };
    return {
      ImportDeclaration: (node) => check(node.source),
      ExportNamedDeclaration: (node) => check(node.source),
      ExportAllDeclaration: (node) => check(node.source),
      ImportExpression: (node) => check(node.source),
    };
  },
};
