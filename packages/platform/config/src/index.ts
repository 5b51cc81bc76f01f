export { readConfig, type Environment } from "./read-config.ts";
export * from "./settings.ts";
export * from "./worker-settings.ts";
