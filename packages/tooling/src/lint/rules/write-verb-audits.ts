import { ancestorsOf, methodCall, type Call, type Context, type Rule, type Syntax } from "../syntax.ts";

/** How methods of stores begin that leave every row as it was. */
const reading = /^(find|get|list|count|is|has|search|read)(?![a-z])/;

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
    const calls: Call[] = [];
    return {
      CallExpression(call) {
        const called = methodCall(call);
        if (called?.method === "unit" && /ctx$/i.test(called.object)) units.push(call);
        else calls.push(call);
      },
      "Program:exit"() {
        for (const unit of units) {
          const inside = calls.filter((call) => ancestorsOf(call).includes(unit));
          if (!inside.some(isAudit) && isWriting(unit, inside)) context.report({ node: unit, messageId: "missing" });
        }
      },
    };
  },
};

function isAudit(call: Call): boolean {
  const called = methodCall(call);
  return called?.method === "record" && called.object === "audit";
}

/** Work that is not spelled out in place counts as writing. */
function isWriting(unit: Call, inside: readonly Call[]): boolean {
  const stores = storesOf(unit.arguments[0]);
  if (stores === null) return true;
  return inside.some((call) => {
    const called = methodCall(call);
    const isGivenAway = call.arguments.some((given) => given.type === "Identifier" && stores.has(given.name));
    return isGivenAway || (called !== null && stores.has(called.object) && !reading.test(called.method));
  });
}

/** The names under which `unit(({ images, facts }) => …)` receives its stores. */
function storesOf(work: Syntax | undefined): ReadonlySet<string> | null {
  if (work?.type !== "ArrowFunctionExpression" && work?.type !== "FunctionExpression") return null;
  const [first] = work.params;
  if (first?.type === "Identifier") return null;
  if (first?.type !== "ObjectPattern") return new Set();
  const names = first.properties.flatMap((property) =>
    property.type === "Property" && property.value.type === "Identifier" ? [property.value.name] : [],
  );
  return new Set(names);
}
