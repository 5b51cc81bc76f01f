import { grantScope } from "@rampart/kernel/grant";
import { Outage, Refusal } from "@rampart/kernel";
import { initTRPC } from "@trpc/server";
import { z } from "zod";
import type { RpcContext } from "./context.ts";
import { asTrpcError } from "./errors.ts";

const trpc = initTRPC.context<RpcContext>().create({
  errorFormatter({ shape, error }) {
    const reason = error.cause instanceof Refusal ? error.cause.reason : undefined;
    return { ...shape, data: { ...shape.data, reason, stack: undefined } };
  },
});

export const router = trpc.router;
export const callerFactory = trpc.createCallerFactory;

/** The one place where what verbs throw becomes what tRPC sends, and where Defects are logged. */
const translated = trpc.procedure.use(async ({ ctx, path, next }) => {
  const result = await next();
  if (result.ok) return result;
  const thrown = result.error.cause ?? result.error;
  const isOurs = thrown instanceof Refusal || thrown instanceof z.ZodError || thrown === result.error;
  if (!isOurs) {
    const level = thrown instanceof Outage ? "warn" : "error";
    ctx.platform.logger[level]({ path, err: thrown }, "procedure failed");
  }
  if (thrown === result.error) return result;
  return { ...result, error: asTrpcError(thrown) };
});

/** For anybody, also without a session. */
export const publicProcedure = translated;

/** For signed-in people, on rows of the installation. */
export const installationProcedure = translated.use(({ ctx, next }) => {
  if (ctx.caller === null) throw notSignedIn();
  return next({ ctx: { ...ctx, caller: ctx.caller } });
});

/** For signed-in people inside one project, which the input names by id or slug. */
export const projectProcedure = installationProcedure
  .input(z.object({ project: z.string().min(1).max(128) }))
  .use(async ({ ctx, input, next }) => {
    const { caller, scope } = await ctx.open(input.project);
    return next({ ctx: { ...ctx, caller, scope: grantScope(scope.tenantId, scope.projectId) } });
  });

function notSignedIn(): Refusal {
  return new Refusal("unauthenticated", "identity.session.missing", "Please sign in first.");
}
