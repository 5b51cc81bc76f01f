import { openApiDocument, restRoutes } from "@rampart/api/rest";
import { PageHeader } from "@rampart/ui/page-header";
import type { Metadata } from "next";
import { platform } from "#server/platform.ts";
import { RouteCard } from "./_parts/route-card.tsx";

export const metadata: Metadata = { title: "API reference" };

/** Every route of the public API in readable form, from the table that answers them. */
export default async function ApiReferencePage() {
  const { config } = await platform();
  const byTag = Map.groupBy(restRoutes, (route) => route.tag);
  const { info } = openApiDocument(restRoutes, config.version);
  const tags = [...byTag].toSorted(([left], [right]) => left.localeCompare(right));
  return (
    <main className="mx-auto flex max-w-4xl flex-col gap-6 p-6">
      <PageHeader
        title="API reference"
        summary={`Version ${String(Reflect.get(Object(info), "version"))}, base path /api/v1`}
      >
        {/* oxlint-disable-next-line next/no-html-link-for-pages -- a document, not a page */}
        <a className="text-sm text-accent underline" href="/api/openapi.json">
          OpenAPI document
        </a>
      </PageHeader>
      <p className="text-sm text-ink-muted">
        Send a token from <code>POST /api/v1/authenticate</code> as <code>Authorization: Bearer …</code>, or name and
        password as basic credentials. Lists take <code>offset</code>, <code>limit</code> (at most 250),{" "}
        <code>search</code>, <code>sort</code> and <code>reverse</code>, and answer with the header{" "}
        <code>Total-Count</code>. <code>project</code> names the project; errors are <code>{'{"err": "…"}'}</code>.
      </p>
      <nav aria-label="Groups" className="flex flex-wrap gap-3 text-sm">
        {tags.map(([tag]) => (
          <a key={tag} className="text-accent underline" href={`#${encodeURIComponent(tag)}`}>
            {tag}
          </a>
        ))}
      </nav>
      {tags.map(([tag, routes]) => (
        <section key={tag} id={encodeURIComponent(tag)} className="flex flex-col gap-3">
          <h2 className="text-base font-semibold">{tag}</h2>
          {routes.map((route) => (
            <RouteCard key={`${route.method} ${route.path}`} route={route} />
          ))}
        </section>
      ))}
    </main>
  );
}
