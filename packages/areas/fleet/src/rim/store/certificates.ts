import type { Tx } from "@rampart/database";
import type { ProjectScope } from "@rampart/kernel";
import { certificatesShownMax } from "../../contract.ts";
import type { Authority, FleetStores } from "../../ports.ts";

const authorityColumns = { id: true, certificate: true, sealedKey: true, expiresAt: true } as const;

export function authorityStore(tx: Tx, { projectId }: ProjectScope): FleetStores["authorities"] {
  const current = (): Promise<Authority | null> =>
    tx.fleetAuthority.findFirst({
      where: { projectId },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      select: authorityColumns,
    });
  return {
    current,
    async insert(authority, at) {
      // Two hosts may enrol first at the same moment; the second waits here and then finds the authority of the first.
      await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`fleet_authority ${projectId}`}, 0))`;
      const present = await current();
      if (present !== null && present.expiresAt >= authority.expiresAt) return present;
      await tx.fleetAuthority.create({ data: { projectId, ...authority, createdAt: at } });
      return authority;
    },
  };
}

export function certificateStore(tx: Tx, { projectId }: ProjectScope): FleetStores["certificates"] {
  return {
    async insert(certificate) {
      await tx.fleetCertificate.create({ data: { projectId, ...certificate } });
    },
    countActive: (defenderId, now) =>
      tx.fleetCertificate.count({ where: { projectId, defenderId, revokedAt: null, expiresAt: { gt: now } } }),
    async list(defenderId) {
      const rows = await tx.fleetCertificate.findMany({
        where: { projectId, defenderId },
        orderBy: [{ issuedAt: "desc" }, { serial: "asc" }],
        take: certificatesShownMax,
      });
      return rows.map(({ serial, issuedAt, expiresAt, revokedAt }) => ({
        serial,
        issuedAt: issuedAt.toISOString(),
        expiresAt: expiresAt.toISOString(),
        revokedAt: revokedAt?.toISOString() ?? null,
      }));
    },
    async revokeAll(defenderId, revokedAt) {
      const { count } = await tx.fleetCertificate.updateMany({
        where: { projectId, defenderId, revokedAt: null },
        data: { revokedAt },
      });
      return count;
    },
    async deleteExpired(before) {
      const { count } = await tx.fleetCertificate.deleteMany({ where: { projectId, expiresAt: { lt: before } } });
      return count;
    },
  };
}
