import type { Caller, ProjectScope } from "@rampart/kernel";
import { pageSizeDefault, pageSizeMax } from "@rampart/kernel";
import { z } from "zod";
import type { RpcPlatform } from "./context.ts";

export type RestMethod = "get" | "post" | "put" | "patch" | "delete";

/** One request to the public API, already authenticated, inside its project. */
export type RestRequest<Query, Body> = Readonly<{
  platform: RpcPlatform;
  scope: ProjectScope;
  caller: Caller;
  query: Query;
  body: Body;
  /** Parts of the path that were written as `{name}`. */
  params: Readonly<Record<string, string>>;
  held: HeldVersion;
}>;

/** What the client already has (RFC 9110, 13.1.2), and in which forms it takes what has changed since (RFC 3229). */
export type HeldVersion = Readonly<{ etag: string | null; deltaForms: readonly string[] }>;

/**
 * What a route answers. `rows` become a JSON array with the header `Total-Count`; `json` any JSON; `text` and `file` are
 * downloads, the latter of any size; `unchanged` says that the client holds the file already;
 * `empty` the bodiless 200 that clients of the reference API expect of every write.
 */
export type RestAnswer =
  | Readonly<{ kind: "rows"; rows: readonly unknown[]; total: number }>
  | Readonly<{ kind: "json"; value: unknown }>
  | Readonly<{ kind: "text"; text: string; contentType: string; fileName?: string }>
  | Readonly<{ kind: "file"; chunks: AsyncIterable<Uint8Array>; contentType: string; fileName: string } & FileVersion>
  | Readonly<{ kind: "unchanged"; etag: string }>
  | Readonly<{ kind: "empty" }>;

/** How this version of a file is called, and for a delta in which form it is and on which version it builds. */
type FileVersion = Readonly<{ etag?: string; delta?: Readonly<{ form: string; base: string }> }>;

/** A row of the REST table: translation between the public API and a verb, nothing else. */
export type RestRoute = Readonly<{
  method: RestMethod;
  /** Below `/api/v1`, such as `/images/{id}`. */
  path: string;
  summary: string;
  /** Group in the reference page. */
  tag: string;
  query: z.ZodType;
  body?: z.ZodType;
  /** Schema of the answer, or of one row of it. */
  answer?: z.ZodType;
  answers: "rows" | "json" | "text" | "file" | "empty";
  run(request: RestRequest<never, never>): Promise<RestAnswer>;
}>;

/** Ties the schemas of a route to its function, so that `query` and `body` arrive typed. */
export function restRoute<Query extends z.ZodType, Body extends z.ZodType = z.ZodUndefined>(
  route: Omit<RestRoute, "query" | "body" | "run"> & {
    query: Query;
    body?: Body;
    run(request: RestRequest<z.infer<Query>, z.infer<Body>>): Promise<RestAnswer>;
  },
): RestRoute {
  return route;
}

const truthy: ReadonlySet<string> = new Set(["true", "1", "yes"]);

/** A flag in a query string; clients send `true`, `True` and `1`. */
export const RestFlag = z
  .string()
  .max(16)
  .transform((text) => truthy.has(text.toLowerCase()));

/** `limit=0` means the maximum, and more than the maximum is cut to it: some clients ask for "all" this way. */
const Limit = z.coerce
  .number()
  .int()
  .nonnegative()
  .default(pageSizeDefault)
  .transform((limit) => (limit === 0 ? pageSizeMax : Math.min(limit, pageSizeMax)));

/** The parameters every list of the public API takes. Unknown parameters are ignored, as clients send many. */
export const listQuery = z.object({
  offset: z.coerce.number().int().nonnegative().max(10_000_000).default(0),
  limit: Limit,
  search: z.string().max(256).optional(),
  sort: z.string().max(64).optional(),
  reverse: RestFlag.default(false),
});
