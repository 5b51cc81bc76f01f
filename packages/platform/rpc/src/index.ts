export {
  listQuery,
  type HeldVersion,
  RestFlag,
  restRoute,
  type RestAnswer,
  type RestMethod,
  type RestRequest,
  type RestRoute,
} from "./rest.ts";
export { callerFactory, installationProcedure, projectProcedure, publicProcedure, router } from "./procedures.ts";
export type { ProjectAccess, RpcContext, RpcPlatform } from "./context.ts";
export { refusalStatus, sentenceFor, statusOf } from "./errors.ts";
