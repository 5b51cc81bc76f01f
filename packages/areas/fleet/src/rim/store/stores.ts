import type { Tx } from "@rampart/database";
import type { ProjectScope } from "@rampart/kernel";
import type { FleetStores } from "../../ports.ts";
import { authorityStore, certificateStore } from "./certificates.ts";
import { defenderStore } from "./defenders.ts";
import { frameStore } from "./frames.ts";
import { installationStore, noticeStore, policyStore } from "./installation.ts";
import { leaseStore } from "./leases.ts";
import { tokenStore } from "./tokens.ts";

/** All tables of fleet inside one transaction of one project. */
export function fleetStores(tx: Tx, scope: ProjectScope): FleetStores {
  return {
    tokens: tokenStore(tx, scope),
    authorities: authorityStore(tx, scope),
    certificates: certificateStore(tx, scope),
    defenders: defenderStore(tx, scope),
    leases: leaseStore(tx, scope),
    frames: frameStore(tx, scope),
    policies: policyStore(tx, scope),
    installation: installationStore(tx),
    notices: noticeStore(tx),
  };
}
