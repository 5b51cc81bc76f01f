export * from "./caller.ts";
export * from "./clock.ts";
export * from "./context.ts";
export * from "./errors.ts";
export * from "./ids.ts";
export * from "./labels.ts";
export * from "./page.ts";
export type { ProjectScope } from "./scope.ts";
export * from "./severity.ts";
