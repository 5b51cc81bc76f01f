import type { RuleTester } from "oxlint/plugins-dev";

/** The types of a lint rule, taken from the linter's tester because the linter does not export them by name. */
export type Rule = Parameters<RuleTester["run"]>[1];
type Create = NonNullable<Rule["create"]>;
export type Context = Parameters<Create>[0];
export type Visitor = ReturnType<Create>;
type Visited<Kind extends keyof Visitor> = Parameters<NonNullable<Visitor[Kind]>>[0];

export type Call = Visited<"CallExpression">;
export type Property = Visited<"Property">;
/** Any piece of a parsed file. */
export type Syntax = Call["parent"];

/** Reads `a.b.method(…)` as object `b` and method `method`; the object is empty when it is not a plain name. */
export function methodCall(call: Call): Readonly<{ object: string; method: string }> | null {
  const { callee } = call;
  if (callee.type !== "MemberExpression" || callee.computed || callee.property.type !== "Identifier") return null;
  return { object: lastName(callee.object), method: callee.property.name };
}

function lastName(expression: Syntax): string {
  if (expression.type === "Identifier") return expression.name;
  if (expression.type !== "MemberExpression" || expression.property.type !== "Identifier") return "";
  return expression.property.name;
}

export function keyOf(property: Property): string {
  if (property.key.type === "Identifier" && !property.computed) return property.key.name;
  return property.key.type === "Literal" ? String(property.key.value) : "";
}

/** The properties written out in an object literal; spreads are left out. */
export function propertiesOf(literal: Syntax | undefined): readonly Property[] {
  if (literal?.type !== "ObjectExpression") return [];
  return literal.properties.filter((property) => property.type === "Property");
}

/** The value behind `name:` in an object literal, `undefined` when the literal does not spell it out. */
export function valueOf(literal: Syntax | undefined, name: string): Syntax | undefined {
  return propertiesOf(literal).find((property) => keyOf(property) === name)?.value;
}

/** What a piece of syntax stands in, innermost first. */
export function ancestorsOf(node: Syntax): readonly Syntax[] {
  const ancestors: Syntax[] = [];
  for (let at: Syntax | null | undefined = node.parent; at; at = at.parent) ancestors.push(at);
  return ancestors;
}

export function isFunction(node: Syntax): boolean {
  return /^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type);
}

/** The methods called along a chain such as `z.string().min(1).max(9)`, and the call that ends the chain. */
export function chainAfter(call: Call): Readonly<{ methods: readonly string[]; end: Syntax }> {
  const methods: string[] = [];
  let end: Call = call;
  while (
    end.parent.type === "MemberExpression" &&
    end.parent.object === end &&
    end.parent.parent.type === "CallExpression"
  ) {
    const next = end.parent.parent;
    if (next.callee !== end.parent) break;
    methods.push(end.parent.property.type === "Identifier" ? end.parent.property.name : "");
    end = next;
  }
  return { methods, end };
}
