import type { Prisma, Tx } from "@rampart/database";
import type { ProjectScope } from "@rampart/kernel";
import { profilesMax, SaveProfile, type ProfileView } from "../../contract.ts";
import type { ProfileStore } from "../../ports.ts";

type Stored = NonNullable<Awaited<ReturnType<Tx["alertsProfile"]["findUnique"]>>>;
type Use = Readonly<{ id: string; channelName: string; lastError: string | null; deliveries: number }>;

/** How far back a profile counts its deliveries. */
const countedDays = 30;

export function profileStore(tx: Tx, { projectId }: ProjectScope): ProfileStore {
  const at = (id: string) => ({ projectId_id: { projectId, id } });

  async function readViews(where: Prisma.AlertsProfileWhereInput): Promise<ProfileView[]> {
    const rows = await tx.alertsProfile.findMany({
      where: { ...where, projectId },
      orderBy: { name: "asc" },
      take: profilesMax,
    });
    const uses = new Map((await readUses(tx, projectId)).map((use) => [use.id, use]));
    return rows.map((row) => toView(row, uses.get(row.id)));
  }

  return {
    list: () => readViews({}),
    find: async (id) => (await readViews({ id }))[0] ?? null,
    findByName: async (name) => (await readViews({ name }))[0] ?? null,
    count: () => tx.alertsProfile.count({ where: { projectId } }),
    async insert(profile, createdAt) {
      await tx.alertsProfile.create({
        data: { projectId, id: profile.id, createdAt, ...toColumns(profile, createdAt) },
      });
    },
    async update(profile, updatedAt) {
      await tx.alertsProfile.update({ where: at(profile.id), data: toColumns(profile, updatedAt) });
    },
    async remove(id) {
      await tx.alertsProfile.delete({ where: at(id) });
    },
    async listActive() {
      const rows = await tx.$queryRaw<{ id: string }[]>`
        select p.id from alerts_profile p
        join alerts_channel c on c.project_id = p.project_id and c.id = p.channel_id
        where p.project_id = ${projectId}::uuid and p.enabled and c.enabled`;
      const active = new Set(rows.map(({ id }) => id));
      const all = await tx.alertsProfile.findMany({
        where: { projectId, enabled: true },
        orderBy: { id: "asc" },
        take: profilesMax,
      });
      return all.filter(({ id }) => active.has(id)).map((row) => ({ ...toProfile(row), id: row.id }));
    },
    async lockLastDue(id) {
      const [row] = await tx.$queryRaw<{ lastDueAt: Date | null }[]>`
        select last_due_at as "lastDueAt" from alerts_profile
        where project_id = ${projectId}::uuid and id = ${id}::uuid for update`;
      return row?.lastDueAt ?? null;
    },
    async setLastDue(id, lastDueAt) {
      await tx.alertsProfile.update({ where: at(id), data: { lastDueAt } });
    },
  };
}

function toColumns(profile: SaveProfile, updatedAt: Date) {
  const { id: _, where, ...columns } = profile;
  return { ...columns, labelFilter: where, updatedAt };
}

function toProfile(row: Stored): SaveProfile {
  return SaveProfile.parse({ ...row, where: row.labelFilter });
}

function toView(row: Stored, use: Use | undefined): ProfileView {
  return {
    ...toProfile(row),
    id: row.id,
    channelName: use?.channelName ?? "",
    deliveries: use?.deliveries ?? 0,
    lastError: use?.lastError ?? null,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

async function readUses(tx: Tx, projectId: string): Promise<Use[]> {
  return tx.$queryRaw<Use[]>`
    select p.id, c.name as "channelName", c.last_error as "lastError",
      (select count(*)::int from alerts_delivery d where d.project_id = p.project_id and d.profile_id = p.id
        and d.created_at > now() - ${countedDays}::int * interval '1 day') as deliveries
    from alerts_profile p join alerts_channel c on c.project_id = p.project_id and c.id = p.channel_id
    where p.project_id = ${projectId}::uuid`;
}
