import { Outage, systemClock, type Caller, type ProjectScope } from "@rampart/kernel";
import { handle, subscribe, type Handler, type Queues, type Subscription } from "@rampart/queue";
import { bindAlerts, type AlertsPlatform } from "../bind.ts";
import {
  deliverJob,
  routeDefenderConnectedJob,
  routeDefenderDisconnectedJob,
  routeRulesViolatedJob,
  type RouteFact,
} from "../contract.ts";
import { deliverChannel } from "../verbs/deliver-channel.ts";
import { forgetDeliveries } from "../verbs/forget-deliveries.ts";
import { routeFact } from "../verbs/route-fact.ts";
import { deliverOnceKey } from "./due-channels.ts";

export { deliverOnceKey, listDueChannels, type DueChannel } from "./due-channels.ts";

const jobCaller: Caller = {
  kind: "job",
  id: "alerts",
  name: "alerts",
  permissions: new Set(["alerts.read", "alerts.write"]),
};

/** Who hears which fact. */
export const alertSubscriptions: readonly Subscription[] = [
  subscribe("vulnerabilities.rules-violated", routeRulesViolatedJob),
  subscribe("fleet.defender-disconnected", routeDefenderDisconnectedJob),
  subscribe("fleet.defender-connected", routeDefenderConnectedJob),
];

type JobsPlatform = AlertsPlatform & Readonly<{ queues: Queues }>;

/** The jobs of this area, for the lane that runs them. */
export const alertJobs = (platform: JobsPlatform): readonly Handler[] => {
  const bind = (scope: ProjectScope) => bindAlerts(platform, scope, jobCaller);
  const route = (scope: ProjectScope, fact: RouteFact) => routeAndWake(platform, scope, fact);
  return [
    handle(routeRulesViolatedJob, (scope, payload) =>
      route(scope, { type: "vulnerabilities.rules-violated", payload }),
    ),
    handle(routeDefenderDisconnectedJob, (scope, payload) =>
      route(scope, { type: "fleet.defender-disconnected", payload }),
    ),
    handle(routeDefenderConnectedJob, (scope, payload) => route(scope, { type: "fleet.defender-connected", payload })),
    handle(deliverJob, (scope, payload) => deliverChannel(bind(scope), payload)),
  ];
};

/** Removes what is older than the retention, in one project; for upkeep. */
export function forgetOldAlerts(platform: AlertsPlatform, scope: ProjectScope): Promise<number> {
  return forgetDeliveries(bindAlerts(platform, scope, jobCaller));
}

async function routeAndWake(platform: JobsPlatform, scope: ProjectScope, fact: RouteFact): Promise<void> {
  const channelIds = await routeFact(bindAlerts(platform, scope, jobCaller), fact);
  for (const channelId of channelIds) {
    try {
      await platform.queues.enqueue(
        scope,
        deliverJob,
        { channelId },
        { id: deliverOnceKey(channelId, systemClock.now()) },
      );
    } catch (error) {
      // The waker of the alerting lane finds the channel by its rows.
      if (!(error instanceof Outage)) throw error;
    }
  }
}
