import { projectProcedure, router } from "@rampart/rpc";
import { z } from "zod";
import { bindFleet } from "../bind.ts";
import {
  CreateEnrolmentToken,
  DefenderDetail,
  DefenderPage,
  DefenderPolicy,
  DefenderPolicyView,
  DefenderRef,
  DefenderSummary,
  EnrolmentTokenPage,
  EnrolmentTokenRef,
  EnrolmentTokenView,
  GatewayNames,
  ListDefenders,
  ListEnrolmentTokens,
  NudgeDefender,
} from "../contract.ts";
import { countDefenders } from "../verbs/count-defenders.ts";
import { createEnrolmentToken } from "../verbs/create-enrolment-token.ts";
import { getDefenderPolicy } from "../verbs/get-defender-policy.ts";
import { getDefender } from "../verbs/get-defender.ts";
import { listDefenders } from "../verbs/list-defenders.ts";
import { listEnrolmentTokens } from "../verbs/list-enrolment-tokens.ts";
import { listGatewayNames } from "../verbs/list-gateway-names.ts";
import { nudgeDefender } from "../verbs/nudge-defender.ts";
import { retireDefender } from "../verbs/retire-defender.ts";
import { revokeDefender } from "../verbs/revoke-defender.ts";
import { revokeEnrolmentToken } from "../verbs/revoke-enrolment-token.ts";
import { updateDefenderPolicy } from "../verbs/update-defender-policy.ts";

const fleetProcedure = projectProcedure.use(({ ctx, next }) =>
  next({ ctx: { fleet: bindFleet(ctx.platform, ctx.scope, ctx.caller) } }),
);

export const fleetRouter = router({
  listDefenders: fleetProcedure
    .input(ListDefenders)
    .output(DefenderPage)
    .query(async ({ ctx, input }) => {
      const page = await listDefenders(ctx.fleet, input);
      return { ...page, rows: [...page.rows] };
    }),
  getDefender: fleetProcedure
    .input(DefenderRef)
    .output(DefenderDetail)
    .query(({ ctx, input }) => getDefender(ctx.fleet, input)),
  countDefenders: fleetProcedure.output(DefenderSummary).query(({ ctx }) => countDefenders(ctx.fleet)),
  retireDefender: fleetProcedure
    .input(DefenderRef)
    .output(z.void())
    .mutation(({ ctx, input }) => retireDefender(ctx.fleet, input)),
  revokeDefender: fleetProcedure
    .input(DefenderRef)
    .output(z.void())
    .mutation(({ ctx, input }) => revokeDefender(ctx.fleet, input)),
  nudgeDefender: fleetProcedure
    .input(NudgeDefender)
    .output(z.void())
    .mutation(({ ctx, input }) => nudgeDefender(ctx.fleet, input)),
  createEnrolmentToken: fleetProcedure
    .input(CreateEnrolmentToken)
    .output(EnrolmentTokenView)
    .mutation(({ ctx, input }) => createEnrolmentToken(ctx.fleet, input)),
  listEnrolmentTokens: fleetProcedure
    .input(ListEnrolmentTokens)
    .output(EnrolmentTokenPage)
    .query(async ({ ctx, input }) => {
      const page = await listEnrolmentTokens(ctx.fleet, input);
      return { ...page, rows: [...page.rows] };
    }),
  revokeEnrolmentToken: fleetProcedure
    .input(EnrolmentTokenRef)
    .output(z.void())
    .mutation(({ ctx, input }) => revokeEnrolmentToken(ctx.fleet, input)),
  listGatewayNames: fleetProcedure
    .output(GatewayNames)
    .query(async ({ ctx }) => [...(await listGatewayNames(ctx.fleet))]),
  getDefenderPolicy: fleetProcedure.output(DefenderPolicyView).query(({ ctx }) => getDefenderPolicy(ctx.fleet)),
  updateDefenderPolicy: fleetProcedure
    .input(z.object({ policy: DefenderPolicy }))
    .output(z.void())
    .mutation(({ ctx, input }) => updateDefenderPolicy(ctx.fleet, input.policy)),
});
