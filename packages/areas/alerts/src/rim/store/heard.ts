import type { Tx } from "@rampart/database";
import { Labels, type ProjectScope } from "@rampart/kernel";
import { Alert } from "../../contract.ts";
import type { HeardStore } from "../../ports.ts";

export function heardStore(tx: Tx, { projectId }: ProjectScope): HeardStore {
  return {
    async add(heard, heardAt) {
      const added = await tx.$queryRaw<{ id: string }[]>`
        insert into alerts_fact (project_id, id, type, subject, at, heard_at, severity, sentence, alert, labels)
        select ${projectId}::uuid, alert->>'factId', alert->>'factType', subject, (alert->>'at')::timestamptz, ${heardAt},
          alert->>'severity', alert->>'sentence', alert, labels
        from jsonb_to_recordset(${JSON.stringify(heard)}::jsonb) as given (alert jsonb, labels jsonb, subject text)
        on conflict do nothing returning id`;
      return new Set(added.map(({ id }) => id));
    },
    async lockLastType(subject) {
      // Two facts about one subject are heard one after the other, so that each sees what the other was.
      await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`${projectId} ${subject}`}, 0))`;
      const last = await tx.alertsFact.findFirst({
        where: { projectId, subject },
        orderBy: [{ heardAt: "desc" }, { id: "desc" }],
        select: { type: true },
      });
      return last?.type ?? null;
    },
    async listLast(count) {
      const rows = await tx.alertsFact.findMany({
        where: { projectId },
        orderBy: [{ heardAt: "desc" }, { id: "desc" }],
        take: count,
      });
      return rows.map(({ alert, labels, subject }) => ({
        alert: Alert.parse(alert),
        labels: Labels.parse(labels),
        subject,
      }));
    },
    async countLabels(names, lastFacts) {
      const rows = await tx.$queryRaw<{ name: string | null; alerts: number }[]>`
        with last as (select labels from alerts_fact where project_id = ${projectId}::uuid
          order by heard_at desc, id desc limit ${lastFacts})
        select null as name, count(*)::int as alerts from last
        union all
        select key, count(*)::int from last, jsonb_object_keys(labels) as key
        where key = any(${[...names]}::text[]) group by key`;
      const counted = new Map(rows.flatMap(({ name, alerts }) => (name === null ? [] : [[name, alerts] as const])));
      return { looked: rows.find(({ name }) => name === null)?.alerts ?? 0, carried: counted };
    },
  };
}
