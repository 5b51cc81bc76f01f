import { Outage, Refusal } from "@rampart/kernel";
import { type HeldVersion, sentenceFor, statusOf, type RestAnswer } from "@rampart/rpc";
import { grantScope } from "@rampart/kernel/grant";
import { z } from "zod";
import type { RestDeps } from "./deps.ts";
import { apiPath, matchRoute } from "./match-route.ts";
import { readBody } from "./read-body.ts";
import { readQuery } from "./read-query.ts";
import { restRoutes } from "./routes.ts";
import { publicRoutes } from "./session.ts";

const retryAfterSeconds = "5";

/** Answers one request to `/api/v…`; every failure leaves as JSON `{"err": …}`, never as a stack or a page. */
export async function dispatchRest(request: Request, deps: RestDeps): Promise<Response> {
  try {
    return await answer(request, deps);
  } catch (error) {
    const status = statusOf(error);
    if (status >= 500) {
      const level = error instanceof Outage ? "warn" : "error";
      deps.platform.logger[level]({ url: new URL(request.url).pathname, err: error }, "request failed");
    }
    const headers: Record<string, string> =
      status === 429 || status === 503 ? { "retry-after": retryAfterSeconds } : {};
    return Response.json({ err: sentenceFor(error) }, { status, headers });
  }
}

async function answer(request: Request, deps: RestDeps): Promise<Response> {
  const url = new URL(request.url);
  const path = apiPath(url.pathname);
  const method = request.method === "HEAD" ? "get" : request.method.toLowerCase();
  if (path === null) throw unknownPath(url.pathname);
  const open = publicRoutes.get(`${method} ${path}`);
  if (open !== undefined) return open(request, deps);
  // Checked before the path is looked up, so that a stranger cannot map the API.
  const access = await deps.authenticate(request);
  const match = matchRoute(restRoutes, method, path);
  if (match === null) throw unknownPath(url.pathname);
  const rawQuery = readQuery(url.search);
  const project = await access.openProject(rawQuery["project"]);
  const { route, params } = match;
  const query = route.query.parse(rawQuery);
  const body = route.body === undefined ? undefined : route.body.parse(await readBody(request));
  const scope = grantScope(project.tenantId, project.id);
  const shared = { platform: deps.platform, scope, caller: access.caller, params, held: heldVersion(request.headers) };
  // `query` and `body` were just parsed with the route's own schemas; see restRoute.
  return toResponse(await route.run({ ...shared, query: query as never, body: body as never }));
}

function heldVersion(headers: Headers): HeldVersion {
  const forms = headers.get("a-im")?.split(",") ?? [];
  return { etag: headers.get("if-none-match"), deltaForms: forms.map((form) => form.trim()) };
}

function unknownPath(pathname: string): Refusal {
  return new Refusal(
    "not-found",
    "api.path.unknown",
    `There is nothing at ${z.string().max(200).catch("this path").parse(pathname)}.`,
  );
}

function toResponse(answered: RestAnswer): Response {
  switch (answered.kind) {
    case "rows":
      return Response.json(answered.rows, { headers: { "total-count": String(answered.total) } });
    case "json":
      return Response.json(answered.value);
    case "text":
      return new Response(new TextEncoder().encode(answered.text), { headers: downloadHeaders(answered) });
    case "file":
      return toFileResponse(answered);
    case "unchanged":
      return new Response(null, { status: 304, headers: { etag: answered.etag } });
    case "empty":
      return new Response(null, { status: 200 });
  }
}

function toFileResponse(file: Extract<RestAnswer, { kind: "file" }>): Response {
  const { etag, delta } = file;
  const headers = downloadHeaders(file);
  if (etag !== undefined) headers.set("etag", etag);
  if (delta === undefined) return new Response(toStream(file.chunks), { headers });
  headers.set("im", delta.form);
  headers.set("delta-base", delta.base);
  return new Response(toStream(file.chunks), { status: 226, headers });
}

/** Clients compare the type literally, so it carries no charset. */
function downloadHeaders({ contentType, fileName }: Readonly<{ contentType: string; fileName?: string }>): Headers {
  const headers = new Headers({ "content-type": contentType });
  if (fileName !== undefined) {
    headers.set("content-disposition", `attachment; filename="${fileName.replaceAll(/[^\w.-]/g, "_")}"`);
  }
  return headers;
}

/** Asks for the next chunk when the client has taken the last one; a client that leaves ends the source too. */
function toStream(chunks: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const source = chunks[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await source.next();
      if (done === true) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await source.return?.();
    },
  });
}
