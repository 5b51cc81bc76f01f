import { Prisma, type Tx } from "@rampart/database";
import type { ProjectScope } from "@rampart/kernel";
import type { FleetStores } from "../../ports.ts";

export function leaseStore(tx: Tx, { projectId }: ProjectScope): FleetStores["leases"] {
  return {
    async take({ defenderId, connectionId, gatewayId, remoteAddress, at, until }) {
      const held = { connectionId, gatewayId, remoteAddress, connectedAt: at, seenAt: at, leaseUntil: until };
      await tx.fleetConnection.upsert({
        where: { projectId_defenderId: { projectId, defenderId } },
        create: { projectId, defenderId, ...held },
        update: held,
      });
    },
    // Ordered by id, so that two gateways which extend at once wait for each other instead of locking each other out.
    async extend(extensions) {
      const ordered = extensions.toSorted((one, other) => (one.defenderId < other.defenderId ? -1 : 1));
      const rows = ordered.map(
        ({ defenderId, connectionId, at, until, beat }) =>
          Prisma.sql`(${defenderId}::uuid, ${connectionId}::uuid, ${at}::timestamptz, ${until}::timestamptz, ${JSON.stringify(beat)}::jsonb)`,
      );
      await tx.$executeRaw`
        update fleet_connection c set seen_at = e.at, lease_until = e.until, beat = e.beat
        from (values ${Prisma.join(rows)}) e (defender_id, connection_id, at, until, beat)
        where c.project_id = ${projectId}::uuid and c.defender_id = e.defender_id and c.connection_id = e.connection_id`;
    },
    async release(leases, at) {
      const ids = leases.map((lease) => lease.connectionId);
      await tx.$executeRaw`
        update fleet_connection set lease_until = ${at}
        where project_id = ${projectId}::uuid and defender_id = any(${leases.map((lease) => lease.defenderId)}::uuid[])
          and connection_id = any(${ids}::uuid[]) and lease_until > ${at}`;
    },
  };
}
