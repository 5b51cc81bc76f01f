import { ancestorsOf, isFunction, methodCall, type Call, type Context, type Rule, type Syntax } from "../syntax.ts";

/**
 * A function that opens a unit of work or a read must have called `ctx.require` before it. The order is judged by
 * position in the function, which is right for verbs: they are straight lines. A function that the file keeps to itself
 * is part of a verb of that file, which must have asked.
 */
export const verbChecksPermission: Rule = {
  meta: {
    type: "problem",
    messages: {
      missing:
        '`{{ctx}}.{{method}}` without a permission check before it. Call `{{ctx}}.require("<area>.read|write")` first, ' +
        "or say why not: `// oxlint-disable-next-line rampart/verb-checks-permission -- reason`.",
    },
  },
  create(context: Context) {
    const checked: Call[] = [];
    const opened: Call[] = [];
    return {
      CallExpression(call) {
        const called = methodCall(call);
        if (called?.method === "require") checked.push(call);
        if (isOpening(called)) opened.push(call);
      },
      "Program:exit"() {
        for (const call of opened) {
          if (checked.some((check) => covers(check, call))) continue;
          const { object, method } = methodCall(call) ?? { object: "ctx", method: "unit" };
          context.report({ node: call, messageId: "missing", data: { ctx: object, method } });
        }
      },
    };
  },
};

function covers(check: Call, opening: Call): boolean {
  const part = outermost(opening);
  return outermost(check) === part ? check.start < opening.start : part !== null && !isExported(part);
}

function isExported(part: Syntax): boolean {
  return ancestorsOf(part).some((ancestor) => ancestor.type === "ExportNamedDeclaration");
}

function isOpening(called: ReturnType<typeof methodCall>): boolean {
  return called !== null && /ctx$/i.test(called.object) && (called.method === "unit" || called.method === "read");
}

/** The outermost function around a call, the verb itself; `null` at the top of the file. */
function outermost(node: Syntax): Syntax | null {
  return ancestorsOf(node).findLast(isFunction) ?? null;
}
