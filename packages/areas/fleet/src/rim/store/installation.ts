import type { Tx } from "@rampart/database";
import type { ProjectScope } from "@rampart/kernel";
import { DefenderPolicy } from "@rampart/protocol/contract";
import { fleetChannel } from "../fleet-channel.ts";
import type { FleetStores } from "../../ports.ts";

export function policyStore(tx: Tx, { projectId }: ProjectScope): FleetStores["policies"] {
  return {
    async find() {
      const row = await tx.fleetPolicy.findUnique({ where: { projectId } });
      return row === null ? null : DefenderPolicy.parse(row.body);
    },
    async save(body, updatedAt) {
      await tx.fleetPolicy.upsert({
        where: { projectId },
        create: { projectId, body, updatedAt },
        update: { body, updatedAt },
      });
    },
  };
}

/** The public half of the installation's row; raw, because the project role may not select the rest of it. */
export function installationStore(tx: Tx): FleetStores["installation"] {
  return {
    async find() {
      const rows = await tx.$queryRaw<{ pin: string; gatewayNames: string[] }[]>`
        select pin, gateway_names as "gatewayNames" from fleet_installation where id = 1`;
      return rows[0] ?? null;
    },
  };
}

/** Delivered to the gateways when the transaction commits. */
export function noticeStore(tx: Tx): FleetStores["notices"] {
  return {
    async send(notice) {
      await tx.$executeRaw`select pg_notify(${fleetChannel}, ${JSON.stringify(notice)})`;
    },
  };
}
