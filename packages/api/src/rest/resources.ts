import { inventoryRest } from "@rampart/inventory/rest";
import type { RestRoute } from "@rampart/rpc";

/** Images, hosts and containers with what other areas know of them. */
export const resourceRoutes: readonly RestRoute[] = [...inventoryRest];
