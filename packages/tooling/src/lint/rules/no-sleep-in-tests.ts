import { ancestorsOf, type Context, type Rule } from "../syntax.ts";

/** A test that waits for a while is slow when it passes and wrong when the machine is busy. */
export const noSleepInTests: Rule = {
  meta: {
    type: "problem",
    messages: {
      sleep:
        "Sleeping is not synchronising. Wait for the thing itself (`vi.waitFor`, `expect.poll`, an event) or move the clock.",
    },
  },
  create(context: Context) {
    return {
      ImportDeclaration(node) {
        if (/^(node:)?timers\/promises$/.test(node.source.value)) context.report({ node, messageId: "sleep" });
      },
      CallExpression(call) {
        if (call.callee.type !== "Identifier" || call.callee.name !== "setTimeout") return;
        const inPromise = ancestorsOf(call).some(
          (node) =>
            node.type === "NewExpression" && node.callee.type === "Identifier" && node.callee.name === "Promise",
        );
        if (inPromise && isBareResolve(call.arguments[0])) context.report({ node: call, messageId: "sleep" });
      },
    };
  },
};

/** `new Promise((resolve) => setTimeout(resolve, 50))` sleeps; a timer that rejects is a time limit and is welcome. */
function isBareResolve(first: Parameters<typeof ancestorsOf>[0] | undefined): boolean {
  return first?.type === "Identifier" && /^(resolve|done|ok|r|res)$/.test(first.name);
}
