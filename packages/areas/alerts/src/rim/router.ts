import { pageOf } from "@rampart/kernel";
import { projectProcedure, router, type ProjectAccess, type RpcPlatform } from "@rampart/rpc";
import { z } from "zod";
import { bindAlerts } from "../bind.ts";
import * as contract from "../contract.ts";
import * as verbs from "../index.ts";

const ctxOf = ({ platform, scope, caller }: Pick<ProjectAccess, "scope" | "caller"> & { platform: RpcPlatform }) =>
  bindAlerts(platform, scope, caller);

export const alertsRouter = router({
  listChannels: projectProcedure
    .output(z.array(contract.ChannelView).max(contract.channelsMax))
    .query(async ({ ctx }) => [...(await verbs.listChannels(ctxOf(ctx)))]),
  getChannel: projectProcedure
    .input(contract.ChannelRef)
    .output(contract.ChannelView)
    .query(({ ctx, input }) => verbs.getChannel(ctxOf(ctx), input)),
  saveChannel: projectProcedure
    .input(contract.SaveChannel)
    .output(contract.ChannelView)
    .mutation(({ ctx, input }) => verbs.saveChannel(ctxOf(ctx), input)),
  removeChannel: projectProcedure
    .input(contract.RemoveChannel)
    .mutation(({ ctx, input }) => verbs.removeChannel(ctxOf(ctx), input)),
  testChannel: projectProcedure
    .input(contract.TestChannel)
    .output(contract.ChannelTest)
    .mutation(({ ctx, input }) => verbs.testChannel(ctxOf(ctx), input)),

  listProfiles: projectProcedure
    .output(z.array(contract.ProfileView).max(contract.profilesMax))
    .query(async ({ ctx }) => [...(await verbs.listProfiles(ctxOf(ctx)))]),
  getProfile: projectProcedure
    .input(contract.ProfileRef)
    .output(contract.ProfileView)
    .query(({ ctx, input }) => verbs.getProfile(ctxOf(ctx), input)),
  saveProfile: projectProcedure
    .input(contract.SaveProfile)
    .output(contract.ProfileView)
    .mutation(({ ctx, input }) => verbs.saveProfile(ctxOf(ctx), input)),
  removeProfile: projectProcedure
    .input(contract.ProfileRef)
    .mutation(({ ctx, input }) => verbs.removeProfile(ctxOf(ctx), input)),
  previewProfile: projectProcedure
    .input(contract.PreviewProfile)
    .output(contract.ProfilePreview)
    .query(({ ctx, input }) => verbs.previewProfile(ctxOf(ctx), input)),

  getAlertLabels: projectProcedure.output(contract.AlertLabels).query(({ ctx }) => verbs.getAlertLabels(ctxOf(ctx))),
  saveAlertLabels: projectProcedure
    .input(contract.SaveAlertLabels)
    .mutation(({ ctx, input }) => verbs.saveAlertLabels(ctxOf(ctx), input)),

  listDeliveries: projectProcedure
    .input(contract.ListDeliveries)
    .output(pageOf(contract.DeliveryRow))
    .query(async ({ ctx, input }) => {
      const { rows, total } = await verbs.listDeliveries(ctxOf(ctx), input);
      return { rows: [...rows], total };
    }),
  countDeliveries: projectProcedure
    .output(contract.DeliveryCounts)
    .query(({ ctx }) => verbs.countDeliveries(ctxOf(ctx))),
  resendDeliveries: projectProcedure
    .input(contract.ResendDeliveries)
    .output(contract.Resent)
    .mutation(({ ctx, input }) => verbs.resendDeliveries(ctxOf(ctx), input)),
});
