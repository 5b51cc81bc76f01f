import { ancestorsOf, chainAfter, keyOf, methodCall, type Context, type Rule, type Syntax } from "../syntax.ts";

const boundsOfText = new Set(["max", "length", "regex", "startsWith"]);
const boundsOfList = new Set(["max", "length"]);

/** How schemas are called that describe what we answer; what we stored is bounded already. */
const answers = /(View|Row|Detail|Summary|Status|Preview|Answer|Counts|Result|Page)$/;

/** Whatever comes into a process is bounded: a text or a list of any length is a way to fill our memory. */
export const boundedSchema: Rule = {
  meta: {
    type: "problem",
    messages: {
      text: "`z.string()` without `.max(…)`: say how long it may be.",
      list: "`z.array(…)` without `.max(…)`: say how many there may be.",
      open: "`z.any()` lets anything through; describe it, or use `z.unknown()` and parse it where it is read.",
    },
  },
  create(context: Context) {
    return {
      CallExpression(call) {
        const called = methodCall(call);
        if (called?.object !== "z" || isAnswer(call)) return;
        const { methods } = chainAfter(call);
        if (called.method === "any") context.report({ node: call, messageId: "open" });
        if (called.method === "string" && !methods.some((method) => boundsOfText.has(method))) {
          context.report({ node: call, messageId: "text" });
        }
        if (called.method === "array" && !methods.some((method) => boundsOfList.has(method))) {
          context.report({ node: call, messageId: "list" });
        }
      },
    };
  },
};

/** Part of a constant that is called like an answer, or of `answer:` in a route. */
function isAnswer(node: Syntax): boolean {
  const around = ancestorsOf(node);
  const declarator = around.findLast((ancestor) => ancestor.type === "VariableDeclarator");
  const name = declarator?.id.type === "Identifier" ? declarator.id.name : "";
  return answers.test(name) || around.some((ancestor) => ancestor.type === "Property" && keyOf(ancestor) === "answer");
}
