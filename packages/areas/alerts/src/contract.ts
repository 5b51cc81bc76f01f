export * from "./contract/alert.ts";
export * from "./contract/channels.ts";
export * from "./contract/deliveries.ts";
export * from "./contract/jobs.ts";
export * from "./contract/labels.ts";
export * from "./contract/profiles.ts";
