export { dispatchRest, type RestAccess, type RestDeps } from "./dispatch.ts";
export { openApiDocument } from "./open-api.ts";
export { restRoutes } from "./routes.ts";
export { bearerOf } from "./session.ts";
