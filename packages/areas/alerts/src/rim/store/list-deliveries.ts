import { Prisma, type Tx } from "@rampart/database";
import { Severity, type Page } from "@rampart/kernel";
import { Alert, AlertFactType, DeliveryState, type DeliveryRow, type ListDeliveries } from "../../contract.ts";

type Row = Readonly<{
  id: string;
  state: string;
  channelId: string;
  channelName: string;
  profileId: string;
  profileName: string;
  profileExists: boolean;
  factType: string;
  at: Date;
  severity: string;
  sentence: string;
  alert: unknown;
  because: string;
  attempts: number;
  lastError: string | null;
  createdAt: Date;
  dueAt: Date;
  sentAt: Date | null;
}>;

/** One page of deliveries with what they told, newest first. */
export async function listDeliveries(tx: Tx, projectId: string, asked: ListDeliveries): Promise<Page<DeliveryRow>> {
  const source = Prisma.sql`alerts_delivery d
    join alerts_fact f on f.project_id = d.project_id and f.id = d.fact_id
    join alerts_channel c on c.project_id = d.project_id and c.id = d.channel_id
    left join alerts_profile p on p.project_id = d.project_id and p.id = d.profile_id`;
  const where = Prisma.join([Prisma.sql`d.project_id = ${projectId}::uuid`, ...filtersOf(asked)], " and ");
  const order = asked.reverse ? Prisma.sql`d.created_at, d.position` : Prisma.sql`d.created_at desc, d.position desc`;
  const rows = await tx.$queryRaw<Row[]>`
    select d.id, d.state, d.channel_id as "channelId", c.name as "channelName", d.profile_id as "profileId",
      coalesce(p.name, d.profile_name) as "profileName", p.id is not null as "profileExists", f.type as "factType", f.at,
      f.severity, f.sentence, f.alert, d.because, d.attempts, d.last_error as "lastError", d.created_at as "createdAt",
      case when d.state = 'failed' then greatest(c.wake_at, d.due_at) else d.due_at end as "dueAt", d.sent_at as "sentAt"
    from ${source} where ${where} order by ${order} limit ${asked.limit} offset ${asked.offset}`;
  const [counted] = await tx.$queryRaw<
    { total: number }[]
  >`select count(*)::int as total from ${source} where ${where}`;
  return { rows: rows.map(toRow), total: counted?.total ?? 0 };
}

function filtersOf(asked: ListDeliveries): Prisma.Sql[] {
  const { states, channelId, profileId, factType, from, to, search } = asked;
  return [
    states && states.length > 0 ? Prisma.sql`d.state = any(${states}::text[])` : null,
    channelId ? Prisma.sql`d.channel_id = ${channelId}::uuid` : null,
    profileId ? Prisma.sql`d.profile_id = ${profileId}::uuid` : null,
    factType ? Prisma.sql`f.type = ${factType}` : null,
    from ? Prisma.sql`d.created_at >= ${from}::timestamptz` : null,
    to ? Prisma.sql`d.created_at <= ${to}::timestamptz` : null,
    search ? Prisma.sql`f.sentence ilike ${`%${search.replaceAll(/[\\%_]/g, "\\$&")}%`}` : null,
  ].filter((filter) => filter !== null);
}

function toRow(row: Row): DeliveryRow {
  const isWaiting = row.state !== "sent" && row.state !== "given-up";
  return {
    id: row.id,
    state: DeliveryState.parse(row.state),
    channelId: row.channelId,
    channelName: row.channelName,
    profileId: row.profileExists ? row.profileId : null,
    profileName: row.profileName,
    factType: AlertFactType.parse(row.factType),
    at: row.at.toISOString(),
    severity: Severity.parse(row.severity),
    sentence: row.sentence,
    labels: Alert.parse(row.alert).labels,
    because: row.because,
    attempts: row.attempts,
    lastError: row.lastError,
    createdAt: row.createdAt.toISOString(),
    nextAttemptAt: isWaiting ? row.dueAt.toISOString() : null,
    sentAt: row.sentAt?.toISOString() ?? null,
    latencyMs: row.sentAt === null ? null : Math.max(0, row.sentAt.getTime() - row.at.getTime()),
  };
}
