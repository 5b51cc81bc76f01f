import { auditPort } from "@rampart/audit/bind";
import { bindInstallation } from "@rampart/database";
import type { Database } from "@rampart/database/unscoped";
import type { Caller } from "@rampart/kernel";
import type { TenancyCtx } from "./ports.ts";
import { tenancyStores } from "./rim/store.ts";

export function bindTenancy(platform: { database: Database }, caller: Caller): TenancyCtx {
  return bindInstallation({ database: platform.database, caller, audit: auditPort, makeStores: tenancyStores });
}
