import { methodCall, type Call, type Context, type Rule } from "../syntax.ts";

/** What `ctx.unit` changes is written into the administration audit by the same transaction. */
export const writeVerbAudits: Rule = {
  meta: {
    type: "problem",
    messages: {
      missing:
        "`unit` changes rows and records no audit entry in the same transaction. Call `audit.record(…)` inside, " +
        "or say why not: `// oxlint-disable-next-line rampart/write-verb-audits -- reason`.",
    },
  },
  create(context: Context) {
    const units: Call[] = [];
    const records: Call[] = [];
    return {
      CallExpression(call) {
        const called = methodCall(call);
        if (called?.method === "unit" && /ctx$/i.test(called.object)) units.push(call);
        if (called?.method === "record" && called.object === "audit") records.push(call);
      },
      "Program:exit"() {
        for (const unit of units) {
          const audited = records.some((record) => unit.start < record.start && record.end < unit.end);
          if (!audited) context.report({ node: unit, messageId: "missing" });
        }
      },
    };
  },
};
