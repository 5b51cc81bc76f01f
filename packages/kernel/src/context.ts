import type { Caller, Permission } from "./caller.ts";
import type { Clock } from "./clock.ts";
import type { Ids } from "./ids.ts";
import type { ProjectScope } from "./scope.ts";

/**
 * What was changed, for the administration audit. `before` and `after` are stored as JSON. `by` names who did it where
 * that is not the caller: somebody who signs in is known only once that is done.
 */
export type AuditChange = Readonly<{
  subject?: string;
  before?: unknown;
  after?: unknown;
  by?: Pick<Caller, "kind" | "id" | "name">;
}>;

/** Writes an audit entry in the transaction of the change it describes. */
export type AuditPort = Readonly<{ record(action: string, change: AuditChange): Promise<void> }>;

/** Something that happened, stored with the change, published after commit by the relay. */
export type Fact = Readonly<{ type: string; payload: Readonly<Record<string, unknown>> }>;
export type FactsPort = Readonly<{ append(...facts: readonly Fact[]): Promise<void> }>;

/** What a unit of work hands to a write verb besides the area's own stores. */
export type UnitPorts = Readonly<{ audit: AuditPort; facts: FactsPort }>;

/**
 * What every verb receives: who acts, where, and the only two ways to the area's stores.
 * `unit` is one read-write transaction; `read` is one read-only transaction. Neither can leave the project.
 */
export type AreaCtx<Stores> = Readonly<{
  scope: ProjectScope;
  caller: Caller;
  clock: Clock;
  ids: Ids;
  /** Throws a Refusal unless the caller holds the permission. */
  require(permission: Permission): void;
  unit<T>(work: (ports: Stores & UnitPorts) => Promise<T>): Promise<T>;
  read<T>(work: (stores: Stores) => Promise<T>): Promise<T>;
}>;

/**
 * What verbs on rows of the installation receive (tenants, projects, people). Their changes are audited in the
 * installation's own project.
 */
export type InstallationCtx<Stores> = Readonly<{
  caller: Caller;
  clock: Clock;
  ids: Ids;
  require(permission: Permission): void;
  unit<T>(work: (ports: Stores & Readonly<{ audit: AuditPort }>) => Promise<T>): Promise<T>;
}>;
