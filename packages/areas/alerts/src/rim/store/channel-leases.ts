import type { Tx } from "@rampart/database";
import type { Sealer } from "@rampart/secrets";
import { ChannelSettings } from "../../contract.ts";
import type { ChannelOutcome, ChannelStore } from "../../ports.ts";
import { openSecrets } from "./open-secrets.ts";

/** Who sends on a channel at the moment, and when it is due next. */
export function channelLeases(
  tx: Tx,
  projectId: string,
  sealer: Sealer,
): Pick<ChannelStore, "lease" | "lockLeased" | "release" | "wake"> {
  const at = (id: string) => ({ projectId_id: { projectId, id } });
  return {
    async lease(id, lease) {
      const [row] = await tx.alertsChannel.updateManyAndReturn({
        where: {
          projectId,
          id,
          enabled: true,
          wakeAt: { lte: lease.now },
          OR: [{ leasedUntil: null }, { leasedUntil: { lte: lease.now } }],
        },
        // Should this run die, the channel is due again when the lease ends.
        data: { leaseId: lease.id, leasedUntil: lease.until, wakeAt: lease.until },
      });
      if (row === undefined) return null;
      const target = { settings: ChannelSettings.parse(row.settings), secrets: openSecrets(sealer, row.sealedSecrets) };
      return { ...row, target };
    },
    async lockLeased(id, leaseId) {
      const rows = await tx.$queryRaw<{ id: string }[]>`select id from alerts_channel
        where project_id = ${projectId}::uuid and id = ${id}::uuid and lease_id = ${leaseId}::uuid for update`;
      return rows.length === 0 ? null : tx.alertsChannel.findUnique({ where: at(id) });
    },
    async release(id, outcome) {
      await tx.alertsChannel.update({
        where: at(id),
        data: { leaseId: null, leasedUntil: null, ...toOutcomeColumns(outcome) },
      });
    },
    async wake(id, wakeAt) {
      await tx.$executeRaw`update alerts_channel
        set wake_at = case when failures > 0 and wake_at is not null then wake_at
          else least(coalesce(wake_at, ${wakeAt}::timestamptz), ${wakeAt}::timestamptz) end
        where project_id = ${projectId}::uuid and id = ${id}::uuid`;
    },
  };
}

function toOutcomeColumns({ wakeAt, result }: ChannelOutcome) {
  if (result === undefined) return { wakeAt };
  if (result.kind === "sent") {
    return { wakeAt, failures: 0, failingSince: null, failingTold: false, lastError: null, lastSentAt: result.at };
  }
  const { failures, failingSince, failingTold, error } = result;
  return { wakeAt, failures, failingSince, failingTold, lastError: error };
}
