export { aggregate, type Period } from "./aggregate.ts";
export { attachLabels } from "./attach-labels.ts";
export { routeFact, type Routed, type RoutingProfile } from "./route-fact.ts";
export { composeMessages, type SyslogSender } from "./syslog/compose-messages.ts";
export { readMessage } from "./syslog/read-message.ts";
export { toAlerts, type HeardFact } from "./to-alert.ts";
