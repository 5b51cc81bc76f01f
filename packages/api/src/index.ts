import { alertsRouter } from "@rampart/alerts/router";
import { auditRouter } from "@rampart/audit/router";
import { fleetRouter } from "@rampart/fleet/router";
import { identityRouter } from "@rampart/identity/router";
import { inventoryRouter } from "@rampart/inventory/router";
import { callerFactory, router } from "@rampart/rpc";
import { tenancyRouter } from "@rampart/tenancy/router";
import { vulnerabilitiesRouter } from "@rampart/vulnerabilities/router";

/** The one list of routers: everything the Console's pages can ask for. */
export const appRouter = router({
  alerts: alertsRouter,
  audit: auditRouter,
  fleet: fleetRouter,
  identity: identityRouter,
  inventory: inventoryRouter,
  tenancy: tenancyRouter,
  vulnerabilities: vulnerabilitiesRouter,
});
export type AppRouter = typeof appRouter;

/** Calls procedures in this process, for pages that render on the server. */
export const createAppCaller = callerFactory(appRouter);
export type AppCaller = ReturnType<typeof createAppCaller>;
