import type { Prisma, Tx } from "@rampart/database";
import type { ProjectScope } from "@rampart/kernel";
import type { Sealer } from "@rampart/secrets";
import { channelsMax } from "../../contract.ts";
import type { ChannelStore, NewChannel } from "../../ports.ts";
import { channelLeases } from "./channel-leases.ts";
import { openSecrets } from "./open-secrets.ts";
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
    ...channelLeases(tx, projectId, sealer),
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
