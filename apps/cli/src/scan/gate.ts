import { everything, type PolicyRule } from "@rampart/vulnerabilities/contract";
import { z } from "zod";

export const Threshold = z.enum(["low", "medium", "high", "critical"]);

export type GateOptions = Readonly<{ failOn?: z.infer<typeof Threshold>; onlyFixed?: boolean }>;

/** The options as a rule, so that a scan without a Console is decided by the very code that decides with one. */
export function ruleOf(options: GateOptions): PolicyRule {
  return {
    id: "00000000-0000-7000-8000-000000000000",
    name: "Command line",
    notes: "",
    enabled: true,
    collections: [everything],
    alertFrom: "low",
    blockFrom: options.failOn ?? null,
    onlyFixed: options.onlyFixed ?? false,
    graceDays: 0,
    exceptions: [],
    riskFactorEffects: [],
    packageKindThresholds: [],
    blockMessage: "",
  };
}
