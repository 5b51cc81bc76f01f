import type { Tx } from "@rampart/database";
import type { ProjectScope } from "@rampart/kernel";
import { enrolmentTokenState } from "../../core/enrolment-token-state.ts";
import type { FleetStores, StoredToken } from "../../ports.ts";

const deletedAtOnceMax = 5_000;
const stored = { id: true, expiresAt: true, usedAt: true, revokedAt: true } as const;

export function tokenStore(tx: Tx, { projectId }: ProjectScope): FleetStores["tokens"] {
  const update = async (id: string, data: { usedAt?: Date; usedBy?: string; revokedAt?: Date }) => {
    await tx.fleetEnrolmentToken.update({ where: { projectId_id: { projectId, id } }, data });
  };
  return {
    async insert({ id, hash, createdBy, createdAt, expiresAt }) {
      await tx.fleetEnrolmentToken.create({
        data: { projectId, id, tokenHash: hash, createdBy, createdAt, expiresAt },
      });
    },
    async findForUpdate(hash) {
      const rows = await tx.$queryRaw<StoredToken[]>`
        select id, expires_at as "expiresAt", used_at as "usedAt", revoked_at as "revokedAt"
        from fleet_enrolment_token where project_id = ${projectId}::uuid and token_hash = ${hash} for update`;
      return rows[0] ?? null;
    },
    find: (id) => tx.fleetEnrolmentToken.findUnique({ where: { projectId_id: { projectId, id } }, select: stored }),
    markUsed: (id, usedAt, usedBy) => update(id, { usedAt, usedBy }),
    markRevoked: (id, revokedAt) => update(id, { revokedAt }),
    async list({ offset, limit }, now) {
      const total = await tx.fleetEnrolmentToken.count({ where: { projectId } });
      const rows = await tx.fleetEnrolmentToken.findMany({
        where: { projectId },
        orderBy: [{ createdAt: "desc" }, { id: "desc" }],
        skip: offset,
        take: limit,
      });
      return {
        total,
        rows: rows.map((row) => ({
          id: row.id,
          state: enrolmentTokenState(row, now),
          createdBy: row.createdBy,
          createdAt: row.createdAt.toISOString(),
          expiresAt: row.expiresAt.toISOString(),
          usedAt: row.usedAt?.toISOString() ?? null,
          usedBy: row.usedBy,
        })),
      };
    },
    deleteOlder: (before) => tx.$executeRaw`
      delete from fleet_enrolment_token where project_id = ${projectId}::uuid and id in (
        select id from fleet_enrolment_token
        where project_id = ${projectId}::uuid and expires_at < ${before} limit ${deletedAtOnceMax})`,
  };
}
