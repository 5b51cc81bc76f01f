export type { RestAccess, RestDeps } from "./deps.ts";
export { dispatchRest } from "./dispatch.ts";
export { openApiDocument } from "./open-api.ts";
export { restRoutes } from "./routes.ts";
export { bearerOf } from "./session.ts";
