import { appRouter } from "@rampart/api";
import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { rpcContext } from "#server/session.ts";

const batchMax = 20;

function answer(request: Request): Promise<Response> {
  return fetchRequestHandler({
    endpoint: "/api/trpc",
    req: request,
    router: appRouter,
    createContext: () => rpcContext(request.headers),
    maxBatchSize: batchMax,
  });
}

export { answer as GET, answer as POST };
