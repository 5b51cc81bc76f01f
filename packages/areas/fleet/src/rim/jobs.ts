import type { Database } from "@rampart/database";
import type { Caller, ProjectScope } from "@rampart/kernel";
import { bindFleet } from "../bind.ts";
import { announceDisconnected } from "../verbs/announce-disconnected.ts";
import { forgetExpired, type Forgotten } from "../verbs/forget-expired.ts";

export { listLapsedProjects, type ProjectIds } from "./lapsed-projects.ts";

const upkeepCaller: Caller = {
  kind: "job",
  id: "fleet.upkeep",
  name: "fleet.upkeep",
  permissions: new Set(["fleet.read", "fleet.write"]),
};

/** What upkeep does in one project: tells of Defenders that are gone, removes what ended long ago. */
export type FleetUpkeep = Readonly<{ announceDisconnected(): Promise<number>; forgetExpired(): Promise<Forgotten> }>;

export function fleetUpkeep(database: Database, scope: ProjectScope): FleetUpkeep {
  const ctx = bindFleet({ database }, scope, upkeepCaller);
  return { announceDisconnected: () => announceDisconnected(ctx), forgetExpired: () => forgetExpired(ctx) };
}
