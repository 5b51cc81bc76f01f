/** The schemas alone, without codecs: safe to import where there is no Node, as in area contracts and screens. */
export * from "./frames/container-contents.ts";
export * from "./frames/control.ts";
export * from "./frames/gateway.ts";
export * from "./frames/package-use.ts";
export * from "./frames/parts.ts";
export * from "./frames/policy.ts";
export * from "./frames/reports.ts";
export * from "./frames/resources.ts";
export * from "./limits.ts";
