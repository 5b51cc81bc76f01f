import { methodCall, type Context, type Rule } from "../syntax.ts";

const ambient = new Set(["Date.now", "Math.random", "performance.now", "crypto.randomUUID", "crypto.getRandomValues"]);

/** Core and verbs get the time from `ctx.clock` and identifiers from `ctx.ids`, so that a test can choose both. */
export const noAmbientInput: Rule = {
  meta: {
    type: "problem",
    messages: {
      ambient: "`{{name}}` reads the machine. Core takes the time as an argument; verbs use `ctx.clock` and `ctx.ids`.",
    },
  },
  create(context: Context) {
    return {
      CallExpression(call) {
        const called = methodCall(call);
        const name = called === null ? "" : `${called.object}.${called.method}`;
        if (ambient.has(name)) context.report({ node: call, messageId: "ambient", data: { name } });
      },
      NewExpression(creation) {
        const isNow =
          creation.callee.type === "Identifier" && creation.callee.name === "Date" && creation.arguments.length === 0;
        if (isNow) context.report({ node: creation, messageId: "ambient", data: { name: "new Date()" } });
      },
    };
  },
};
