import { alertsRest } from "@rampart/alerts/rest";
import { auditRest } from "@rampart/audit/rest";
import { fleetRest } from "@rampart/fleet/rest";
import { identityRest } from "@rampart/identity/rest";
import type { RestRoute } from "@rampart/rpc";
import { vulnerabilitiesRest } from "@rampart/vulnerabilities/rest";
import { resourceRoutes } from "./resources.ts";
import { settingsRoutes } from "./settings.ts";

/** Every route of the public API that needs a signed-in caller. */
export const restRoutes: readonly RestRoute[] = [
  ...alertsRest,
  ...auditRest,
  ...fleetRest,
  ...identityRest,
  ...resourceRoutes,
  ...settingsRoutes,
  ...vulnerabilitiesRest,
];
