import { keyOf, methodCall, propertiesOf, valueOf, type Context, type Rule, type Syntax } from "../syntax.ts";

const writes = new Set([
  "create",
  "createMany",
  "createManyAndReturn",
  "update",
  "updateMany",
  "updateManyAndReturn",
  "upsert",
]);
const relationWrites = new Set([
  "create",
  "createMany",
  "connect",
  "connectOrCreate",
  "disconnect",
  "delete",
  "deleteMany",
  "update",
  "updateMany",
  "upsert",
]);

/** A write nested into another one passes by the store that pins the project: write each table on its own. */
export const noNestedWrite: Rule = {
  meta: {
    type: "problem",
    messages: {
      nested: "`{{field}}: { {{operation}}: … }` writes a second table past its store. Write each table on its own.",
    },
  },
  create(context: Context) {
    return {
      CallExpression(call) {
        if (!writes.has(methodCall(call)?.method ?? "")) return;
        const [first] = call.arguments;
        for (const part of ["data", "create", "update"]) reportNested(context, valueOf(first, part));
      },
    };
  },
};

function reportNested(context: Context, row: Syntax | undefined): void {
  for (const property of propertiesOf(row)) {
    const nested = propertiesOf(property.value).find((inner) => relationWrites.has(keyOf(inner)));
    if (nested === undefined) continue;
    const data = { field: keyOf(property), operation: keyOf(nested) };
    context.report({ node: nested, messageId: "nested", data });
  }
}
