import type { RestRoute } from "@rampart/rpc";

export type RouteMatch = Readonly<{ route: RestRoute; params: Record<string, string> }>;

/** `/api/v1/…`, and the frozen versions `/api/v34.03/…` of which clients configure one, lead to the same routes. */
const prefix = /^\/api\/v\d+(?:\.\d+){0,2}(?=\/)/;

/** The part of a path below the version; null when it is not an API path. */
export function apiPath(pathname: string): string | null {
  const found = prefix.exec(pathname);
  return found === null ? null : pathname.slice(found[0].length).replace(/\/+$/, "");
}

/** The route of a request. Fixed paths are tried before those with parameters. */
export function matchRoute(routes: readonly RestRoute[], method: string, path: string): RouteMatch | null {
  const exact = routes.find((route) => route.method === method && route.path === path);
  if (exact !== undefined) return { route: exact, params: {} };
  for (const route of routes) {
    if (route.method !== method || !route.path.includes("{")) continue;
    const params = matchPath(route.path, path);
    if (params !== null) return { route, params };
  }
  return null;
}

function matchPath(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split("/");
  const given = path.split("/");
  if (wanted.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? "";
    if (part.startsWith("{")) params[part.slice(1, -1)] = safeDecode(value);
    else if (part !== value) return null;
  }
  return params;
}

function safeDecode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
