import { alertSubscriptions } from "@rampart/alerts/jobs";
import type { Subscription } from "@rampart/queue";
import { vulnerabilitySubscriptions } from "@rampart/vulnerabilities/jobs";

/** Who hears which fact. A fact nobody subscribes to still reaches the live pages. */
export const subscriptions: readonly Subscription[] = [...vulnerabilitySubscriptions, ...alertSubscriptions];
