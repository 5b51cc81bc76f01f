export { readConfig } from "./read-config.ts";
export * from "./settings.ts";
