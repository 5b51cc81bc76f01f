import { ancestorsOf, isFunction, type Context, type Rule, type Syntax } from "../syntax.ts";

/** `as T` overrules the compiler, so a comment says what makes it safe. `as const` claims nothing and is free. */
export const explainedCast: Rule = {
  meta: {
    type: "problem",
    messages: {
      bare: "`as {{type}}` without a reason. Parse or narrow instead, or say in a comment above what makes it safe.",
    },
  },
  create(context: Context) {
    return {
      TSAsExpression(cast) {
        const type = context.sourceCode.getText(cast.typeAnnotation);
        if (type === "const" || isExplained(context, cast)) return;
        context.report({ node: cast, messageId: "bare", data: { type } });
      },
    };
  },
};

/** A comment counts on the cast's own line and directly above it, its statement, its property or its function. */
function isExplained(context: Context, cast: Syntax): boolean {
  const { sourceCode } = context;
  const lineOf = (offset: number): number => sourceCode.getLocFromIndex(offset).line;
  const ownLine = lineOf(cast.end);
  const above = new Set([cast, ...explainable(cast)].map((node) => lineOf(node.start) - 1));
  return sourceCode.getAllComments().some((comment) => {
    if (/oxlint-|eslint-|@ts-/.test(comment.value)) return false;
    return lineOf(comment.start) === ownLine || above.has(lineOf(comment.end));
  });
}

function explainable(cast: Syntax): readonly Syntax[] {
  const ancestors = ancestorsOf(cast);
  const verb = ancestors.findIndex(isFunction);
  const upToFunction = verb === -1 ? ancestors : ancestors.slice(0, verb + 2);
  return upToFunction.filter((node) => /Statement$|Declaration$|^Property$|^VariableDeclarator$/.test(node.type));
}
