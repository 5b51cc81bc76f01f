import type { RestRoute } from "@rampart/rpc";
import { Badge } from "@rampart/ui/badge";
import { z } from "zod";

/** One route: what it is for, what it takes, what it answers. */
export function RouteCard({ route }: Readonly<{ route: RestRoute }>) {
  const parameters = parametersOf(route.query);
  return (
    <article className="rounded-md border border-line p-3 text-sm">
      <h3 className="flex items-center gap-2 font-mono">
        <Badge tone={route.method === "get" ? "plain" : "accent"}>{route.method.toUpperCase()}</Badge>
        <span className="break-all">/api/v1{route.path}</span>
      </h3>
      <p className="mt-1 text-ink-muted">{route.summary}</p>
      {parameters.length > 0 && (
        <p className="mt-1 text-ink-subtle">
          Parameters: <span className="font-mono">{parameters.join(", ")}</span>
        </p>
      )}
      {route.answer !== undefined && (
        <details className="mt-2">
          <summary className="cursor-pointer text-ink-subtle">Answer</summary>
          <pre className="mt-1 max-h-80 overflow-auto rounded-sm bg-sunken p-2 text-xs" tabIndex={0}>
            {JSON.stringify(z.toJSONSchema(route.answer, { io: "input", unrepresentable: "any" }), null, 2)}
          </pre>
        </details>
      )}
    </article>
  );
}

function parametersOf(query: z.ZodType): string[] {
  const { properties } = z.toJSONSchema(query, { io: "input", unrepresentable: "any" });
  return Object.keys(properties ?? {});
}
