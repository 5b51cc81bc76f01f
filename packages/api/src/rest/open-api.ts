import type { RestRoute } from "@rampart/rpc";
import { z } from "zod";

type Json = Record<string, unknown>;

/** The OpenAPI 3.1 document of the public API, written from the same table that answers it. */
export function openApiDocument(routes: readonly RestRoute[], version: string): Json {
  const paths: Record<string, Json> = {};
  for (const route of routes) paths[route.path] = { ...paths[route.path], [route.method]: operation(route) };
  return {
    openapi: "3.1.0",
    info: { title: "Rampart API", version, license: { name: "Apache-2.0", identifier: "Apache-2.0" } },
    servers: [{ url: "/api/v1" }],
    security: [{ bearer: [] }, { basic: [] }],
    components: {
      securitySchemes: {
        bearer: { type: "http", scheme: "bearer", bearerFormat: "JWT" },
        basic: { type: "http", scheme: "basic" },
      },
      schemas: { Error: { type: "object", properties: { err: { type: "string" } }, required: ["err"] } },
    },
    paths,
  };
}

function operation(route: RestRoute): Json {
  return {
    summary: route.summary,
    tags: [route.tag],
    operationId: `${route.method}${route.path.replaceAll(/[/{}_-]+(.)?/g, (_match, next: string = "") => next.toUpperCase())}`,
    parameters: [...pathParameters(route.path), ...queryParameters(route.query)],
    ...(route.body !== undefined && {
      requestBody: { content: { "application/json": { schema: schemaOf(route.body) } } },
    }),
    responses: {
      "200": success(route),
      "4XX": failure("Refused; the text says why"),
      "5XX": failure("Failed; try again"),
    },
  };
}

function success(route: RestRoute): Json {
  if (route.answers === "empty") return { description: "Done; no body" };
  if (route.answers === "text" || route.answers === "file") return { description: "A file" };
  const schema = route.answer === undefined ? {} : schemaOf(route.answer);
  if (route.answers === "json") return { description: "The answer", content: { "application/json": { schema } } };
  return {
    description: "One page of rows",
    headers: { "Total-Count": { description: "All rows that match", schema: { type: "integer" } } },
    content: { "application/json": { schema: { type: "array", items: schema } } },
  };
}

function failure(description: string): Json {
  return { description, content: { "application/json": { schema: { $ref: "#/components/schemas/Error" } } } };
}

function pathParameters(path: string): Json[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
}

function queryParameters(query: z.ZodType): Json[] {
  const schema = schemaOf(query);
  const properties = z.record(z.string(), z.unknown()).catch({}).parse(schema["properties"]);
  const common = {
    name: "project",
    in: "query",
    schema: { type: "string" },
    description: "Project by name, slug or id",
  };
  return [...Object.entries(properties).map(([name, property]) => ({ name, in: "query", schema: property })), common];
}

function schemaOf(schema: z.ZodType): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  return rest;
}
