import { auditPort } from "@rampart/audit/bind";
import { bindArea, type Database } from "@rampart/database";
import type { Caller, Clock, ProjectScope } from "@rampart/kernel";
import type { Sealer } from "@rampart/secrets";
import type { AlertsCtx } from "./ports.ts";
import { channelsPort } from "./rim/channels/registry.ts";
import { alertStores } from "./rim/store.ts";

export type AlertsPlatform = Readonly<{ database: Database; sealer: Sealer; clock?: Clock }>;

export function bindAlerts(platform: AlertsPlatform, scope: ProjectScope, caller: Caller): AlertsCtx {
  const { database, sealer, clock } = platform;
  const area = bindArea({
    database,
    scope,
    caller,
    ...(clock !== undefined && { clock }),
    audit: auditPort,
    makeStores: (tx, within) => alertStores(tx, within, sealer),
  });
  return { ...area, media: channelsPort(scope) };
}
