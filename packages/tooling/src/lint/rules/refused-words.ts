import type { Context, Rule, Syntax } from "../syntax.ts";

/** Words that say who uses a thing or that it does something, never what it is. */
const refusedInPaths = new Set([
  "util",
  "utils",
  "helper",
  "helpers",
  "common",
  "misc",
  "service",
  "services",
  "manager",
  "managers",
]);
const refusedInNames =
  /(^|[a-z])(Utils?|Helpers?|Misc|Service|Manager)(?![a-z])|^(utils?|helpers?|misc|manager)(?![a-z])/;
const refusedVerbs = /^(handle|process|manage|do|perform|execute)[A-Z]/;

export const refusedWords: Rule = {
  meta: {
    type: "suggestion",
    messages: {
      path: "`{{word}}` in a path says nothing about what is inside. Name the file after the thing it exports.",
      name: "`{{name}}` uses a word that could name anything. Say what it is.",
      verb: "`{{name}}` starts with a verb that could mean anything. Say what it does (see the handbook's glossary).",
    },
  },
  create(context: Context) {
    const check = (node: Syntax, name: string, isCallable: boolean): void => {
      if (refusedInNames.test(name)) context.report({ node, messageId: "name", data: { name } });
      else if (isCallable && refusedVerbs.test(name)) context.report({ node, messageId: "verb", data: { name } });
    };
    return {
      Program(program) {
        const word = refusedWordIn(context.filename.replace(context.cwd, ""));
        if (word !== undefined) context.report({ node: program, messageId: "path", data: { word } });
      },
      FunctionDeclaration(node) {
        if (node.id) check(node.id, node.id.name, true);
      },
      ClassDeclaration(node) {
        if (node.id) check(node.id, node.id.name, false);
      },
      TSTypeAliasDeclaration(node) {
        check(node.id, node.id.name, false);
      },
      TSInterfaceDeclaration(node) {
        check(node.id, node.id.name, false);
      },
      VariableDeclarator(node) {
        if (node.id.type !== "Identifier") return;
        check(node.id, node.id.name, node.init?.type === "ArrowFunctionExpression");
      },
    };
  },
};

function refusedWordIn(path: string): string | undefined {
  const words = path
    .replaceAll("\\", "/")
    .split("/")
    .flatMap((segment) => segment.split(/[-._]/));
  return words.find((word) => refusedInPaths.has(word.toLowerCase()));
}
