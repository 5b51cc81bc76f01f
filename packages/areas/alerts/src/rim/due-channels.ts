import type { Database } from "@rampart/database";

export type DueChannel = Readonly<{ tenantId: string; projectId: string; channelId: string }>;

/** All wake-up calls of a channel within a second are one piece of work: a run sends whatever is due. */
export function deliverOnceKey(channelId: string, now: Date): string {
  return `${channelId}~${Math.floor(now.getTime() / 1_000)}`;
}

/** Channels of all projects that have something to send, longest due first. */
export async function listDueChannels(database: Database, now: Date, rowsMax: number): Promise<readonly DueChannel[]> {
  return database.installation(
    (tx) => tx.$queryRaw<DueChannel[]>`
      select tenant_id as "tenantId", project_id as "projectId", id as "channelId" from alerts_channel
      where wake_at <= ${now}::timestamptz and enabled order by wake_at limit ${rowsMax}`,
  );
}
