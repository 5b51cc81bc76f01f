import {
  centralProjectId,
  centralTenantId,
  systemClock,
  type Caller,
  type Clock,
  type Ids,
  type InstallationCtx,
} from "@rampart/kernel";
import { grantScope } from "@rampart/kernel/grant";
import { requirePermission, type AuditPortFactory } from "./bind-area.ts";
import type { Database, Tx } from "./open-database.ts";
import { randomIds } from "./random-ids.ts";

type InstallationBinding<Stores> = Readonly<{
  database: Database;
  caller: Caller;
  audit: AuditPortFactory;
  makeStores: (tx: Tx) => Stores;
  clock?: Clock;
  ids?: Ids;
}>;

/** The counterpart of `bindArea` for rows that belong to no project. */
export function bindInstallation<Stores>(binding: InstallationBinding<Stores>): InstallationCtx<Stores> {
  const { database, caller, audit, makeStores } = binding;
  const clock = binding.clock ?? systemClock;
  const ids = binding.ids ?? randomIds;
  const central = grantScope(centralTenantId, centralProjectId);
  return {
    caller,
    clock,
    ids,
    require: (permission) => requirePermission(caller, permission),
    unit: (work) =>
      database.installation((tx) =>
        work({ ...makeStores(tx), audit: audit({ tx, scope: central, caller, clock, ids }) }),
      ),
  };
}
