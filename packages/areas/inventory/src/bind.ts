import { auditPort } from "@rampart/audit/bind";
import { bindArea, type Database } from "@rampart/database";
import { bindFleet } from "@rampart/fleet/bind";
import type { Caller, ProjectScope } from "@rampart/kernel";
import type { IngestCtx, InventoryCtx } from "./ports.ts";
import { inventoryStores } from "./rim/store.ts";

type Platform = Readonly<{ database: Database }>;

export function bindInventory({ database }: Platform, scope: ProjectScope, caller: Caller): InventoryCtx {
  return bindArea({ database, scope, caller, audit: auditPort, makeStores: inventoryStores });
}

/** Applies what Defenders report; the caller is the job, which may also read the stored reports. */
export function bindIngest(platform: Platform, scope: ProjectScope): IngestCtx {
  return { ...bindInventory(platform, scope, ingestCaller), fleet: bindFleet(platform, scope, ingestCaller) };
}

const ingestCaller: Caller = {
  kind: "job",
  id: "inventory.ingest-frame",
  name: "inventory.ingest-frame",
  permissions: new Set(["inventory.read", "inventory.write", "fleet.read", "fleet.write"]),
};
