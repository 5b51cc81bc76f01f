import type { Database } from "@rampart/database";
import { staleMs } from "../core/lease.ts";

const projectsAtOnceMax = 1_000;

export type ProjectIds = Readonly<{ tenantId: string; projectId: string }>;

/** Projects in which a Defender has been away long enough to be announced as disconnected. */
export async function listLapsedProjects(database: Database): Promise<readonly ProjectIds[]> {
  return database.installation(
    (tx) => tx.$queryRaw<ProjectIds[]>`
      select distinct p.tenant_id as "tenantId", d.project_id as "projectId"
      from fleet_defender d
      join tenancy_project p on p.id = d.project_id
      left join fleet_connection c on c.project_id = d.project_id and c.defender_id = d.id
      where d.announced = 'connected'
        and (c.lease_until is null or c.lease_until < now() - ${staleMs}::double precision * interval '1 millisecond')
      limit ${projectsAtOnceMax}`,
  );
}
