import {
  Refusal,
  systemClock,
  type AreaCtx,
  type AuditPort,
  type Caller,
  type Clock,
  type Ids,
  type Permission,
  type ProjectScope,
} from "@rampart/kernel";
import { factsPort } from "./facts.ts";
import type { Database, Tx } from "./open-database.ts";
import { randomIds } from "./random-ids.ts";

/** Makes the audit port of a running transaction. */
export type AuditPortFactory = (
  running: Readonly<{ tx: Tx; scope: ProjectScope; caller: Caller; clock: Clock; ids: Ids }>,
) => AuditPort;

type Binding<Stores> = Readonly<{
  database: Database;
  scope: ProjectScope;
  caller: Caller;
  audit: AuditPortFactory;
  makeStores: (tx: Tx, scope: ProjectScope) => Stores;
  clock?: Clock;
  ids?: Ids;
}>;

/** Gives an area's verbs their context: one place that joins transaction, stores, audit and facts. */
export function bindArea<Stores>(binding: Binding<Stores>): AreaCtx<Stores> {
  const { database, scope, caller, makeStores, audit } = binding;
  const clock = binding.clock ?? systemClock;
  const ids = binding.ids ?? randomIds;
  return {
    scope,
    caller,
    clock,
    ids,
    require: (permission) => requirePermission(caller, permission),
    unit: (work) =>
      database.unit(scope, (tx) =>
        work({
          ...makeStores(tx, scope),
          audit: audit({ tx, scope, caller, clock, ids }),
          facts: factsPort(tx, scope, ids),
        }),
      ),
    read: (work) => database.read(scope, (tx) => work(makeStores(tx, scope))),
  };
}

/** Refuses unless the caller holds the permission; says which one is missing, so that an admin can grant it. */
export function requirePermission(caller: Caller, permission: Permission): void {
  if (caller.permissions.has(permission)) return;
  const message = `${caller.name} may not do this: it needs the permission "${permission}".`;
  throw new Refusal("forbidden", `${permission}.missing`, message);
}
