import { installationProcedure, publicProcedure, router } from "@rampart/rpc";
import { z } from "zod";
import { anonymousCaller, bindIdentity } from "../bind.ts";
import { ChangePassword, CreateFirstAdmin, CreateUser, Me, SetUserDisabled, UserView } from "../contract.ts";
import { changePassword } from "../verbs/change-password.ts";
import { createFirstAdmin } from "../verbs/create-first-admin.ts";
import { createUser } from "../verbs/create-user.ts";
import { describeSelf, getSelf } from "../verbs/describe-self.ts";
import { listUsers } from "../verbs/list-users.ts";
import { isInitialized } from "../verbs/prepare-setup.ts";
import { setUserDisabled } from "../verbs/set-user-disabled.ts";

const identityProcedure = installationProcedure.use(({ ctx, next }) =>
  next({ ctx: { ...ctx, identity: bindIdentity(ctx.platform, ctx.caller) } }),
);

export const identityRouter = router({
  isInitialized: publicProcedure
    .output(z.boolean())
    .query(({ ctx }) => isInitialized(bindIdentity(ctx.platform, anonymousCaller()))),
  createFirstAdmin: publicProcedure
    .input(CreateFirstAdmin)
    .output(UserView)
    .mutation(({ ctx, input }) =>
      createFirstAdmin(bindIdentity(ctx.platform, anonymousCaller(ctx.sourceIp)), input, { tokenRequired: true }),
    ),
  me: identityProcedure.output(Me).query(({ ctx }) => describeSelf(ctx.identity)),
  listUsers: identityProcedure
    .output(z.array(UserView).readonly())
    .query(async ({ ctx }) => listUsers(ctx.identity, await getSelf(ctx.identity))),
  createUser: identityProcedure
    .input(CreateUser)
    .output(UserView)
    .mutation(async ({ ctx, input }) => createUser(ctx.identity, await getSelf(ctx.identity), input)),
  setUserDisabled: identityProcedure
    .input(SetUserDisabled)
    .mutation(async ({ ctx, input }) => setUserDisabled(ctx.identity, await getSelf(ctx.identity), input)),
  changePassword: identityProcedure
    .input(ChangePassword)
    .mutation(async ({ ctx, input }) => changePassword(ctx.identity, await getSelf(ctx.identity), input)),
});
