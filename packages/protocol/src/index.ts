export * from "./close-codes.ts";
export * from "./codec.ts";
export * from "./contract.ts";
export type { Decoded } from "./decoded.ts";
export * from "./enrolment.ts";
export * from "./policy-codec.ts";
export * from "./report-codec.ts";
export * from "./version.ts";
