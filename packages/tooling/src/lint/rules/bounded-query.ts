import { keyOf, methodCall, valueOf, type Context, type Rule, type Syntax } from "../syntax.ts";

/**
 * A query without a bound reads whatever the biggest installation has grown to. An `in:` list without one also makes
 * PostgreSQL prepare a statement per length.
 */
export const boundedQuery: Rule = {
  meta: {
    type: "problem",
    messages: {
      take: "`findMany` without `take`: name the limit, or page.",
      in: "`in:` with a list of unknown length. Cut it with `.slice(0, limit)`, or say what bounds it in a comment above: `// At most …`.",
    },
  },
  create(context: Context) {
    return {
      CallExpression(call) {
        if (methodCall(call)?.method !== "findMany") return;
        const [query] = call.arguments;
        if (valueOf(query, "take") === undefined) context.report({ node: call, messageId: "take" });
      },
      Property(property) {
        if (keyOf(property) !== "in" || property.kind !== "init") return;
        const { value } = property;
        if (value.type === "ArrayExpression" || isSlice(value) || isExplained(context, property)) return;
        if (!isInsideWhere(property)) return;
        context.report({ node: property, messageId: "in" });
      },
    };
  },
};

function isSlice(value: Syntax): boolean {
  return value.type === "CallExpression" && methodCall(value)?.method === "slice";
}

function isInsideWhere(node: Syntax): boolean {
  for (let at: Syntax | null | undefined = node.parent; at; at = at.parent) {
    if (at.type === "Property" && keyOf(at) === "where") return true;
  }
  return false;
}

function isExplained(context: Context, node: Syntax): boolean {
  const { line } = context.sourceCode.getLocFromIndex(node.start);
  return context.sourceCode.getAllComments().some((comment) => {
    const ends = context.sourceCode.getLocFromIndex(comment.end).line;
    return (ends === line || ends === line - 1) && /\bat most\b/i.test(comment.value);
  });
}
