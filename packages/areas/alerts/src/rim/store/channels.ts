import { Prisma, type Tx } from "@rampart/database";
import type { ProjectScope } from "@rampart/kernel";
import type { Sealer } from "@rampart/secrets";
import { channelsMax, ChannelSecrets, ChannelSettings } from "../../contract.ts";
import type { ChannelOutcome, ChannelStore, NewChannel } from "../../ports.ts";
import { toChannelView, type ChannelUse } from "./to-channel-view.ts";

export function channelStore(tx: Tx, scope: ProjectScope, sealer: Sealer): ChannelStore {
  const { projectId, tenantId } = scope;
  const at = (id: string) => ({ projectId_id: { projectId, id } });

  async function readViews(where: Prisma.AlertsChannelWhereInput) {
    const rows = await tx.alertsChannel.findMany({
      where: { ...where, projectId },
      orderBy: { name: "asc" },
      take: channelsMax,
    });
    const uses = await readUses(tx, projectId);
    return rows.map((row) => toChannelView(row, storedNames(sealer, row.sealedSecrets), uses.get(row.id)));
  }

  return {
    list: () => readViews({}),
    find: async (id) => (await readViews({ id }))[0] ?? null,
    findByName: async (name) => (await readViews({ name }))[0] ?? null,
    count: () => tx.alertsChannel.count({ where: { projectId } }),
    async readSecrets(id) {
      const row = await tx.alertsChannel.findUnique({ where: at(id), select: { sealedSecrets: true } });
      return openSecrets(sealer, row?.sealedSecrets ?? null);
    },
    async insert(channel) {
      const { id, at: createdAt } = channel;
      await tx.alertsChannel.create({ data: { projectId, tenantId, id, createdAt, ...toColumns(channel, sealer) } });
    },
    async update(channel) {
      const fresh = { failures: 0, failingSince: null, failingTold: false, lastError: null };
      await tx.alertsChannel.update({
        where: at(channel.id),
        data: { ...toColumns(channel, sealer), ...fresh, wakeAt: channel.at },
      });
    },
    async remove(id) {
      await tx.alertsChannel.delete({ where: at(id) });
    },
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

function toColumns({ name, enabled, target, at }: NewChannel, sealer: Sealer) {
  const { settings, secrets } = target;
  const held = Object.fromEntries(Object.entries(secrets).filter(([, value]) => value !== undefined && value !== ""));
  return {
    name,
    enabled,
    kind: settings.kind,
    settings,
    sealedSecrets: Object.keys(held).length === 0 ? null : sealer.seal(JSON.stringify(held)),
    updatedAt: at,
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

function openSecrets(sealer: Sealer, sealed: string | null): ChannelSecrets {
  if (sealed === null) return {};
  return ChannelSecrets.parse(JSON.parse(new TextDecoder().decode(sealer.open(sealed))));
}

function storedNames(sealer: Sealer, sealed: string | null): string[] {
  return Object.keys(openSecrets(sealer, sealed));
}

async function readUses(tx: Tx, projectId: string): Promise<Map<string, ChannelUse>> {
  const rows = await tx.$queryRaw<(ChannelUse & { id: string })[]>`
    select c.id,
      (select count(*)::int from alerts_delivery d where d.project_id = c.project_id and d.channel_id = c.id
        and d.state in ('queued', 'sending', 'failed')) as waiting,
      (select count(*)::int from alerts_delivery d where d.project_id = c.project_id and d.channel_id = c.id
        and d.state = 'given-up') as "givenUp",
      array(select p.name from alerts_profile p where p.project_id = c.project_id and p.channel_id = c.id
        order by p.name) as profiles
    from alerts_channel c where c.project_id = ${projectId}::uuid`;
  return new Map(rows.map((row) => [row.id, row]));
}
