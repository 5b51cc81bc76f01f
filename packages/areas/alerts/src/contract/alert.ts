import { Severity, SeverityCounts } from "@rampart/kernel";
import { z } from "zod";
import { AttachedLabel, declaredLabelsMax } from "./labels.ts";

/** Facts that alerts listen to. One line here, one case in `core/to-alert.ts`, and a profile can ask for it. */
export const alertFactTypes = [
  "vulnerabilities.rule-violated",
  "fleet.defender-disconnected",
  "fleet.defender-connected",
] as const;
export const AlertFactType = z.enum(alertFactTypes);
export type AlertFactType = z.infer<typeof AlertFactType>;

export const alertResourceKinds = ["image", "host"] as const;
export const AlertResourceKind = z.enum(alertResourceKinds);
export type AlertResourceKind = z.infer<typeof AlertResourceKind>;

/** Findings that one alert names; `findingTotal` says how many there were. */
export const alertFindingsMax = 50;

export const AlertFinding = z.object({
  cve: z.string().max(128),
  severity: Severity,
  packageName: z.string().max(1_024),
  packageVersion: z.string().max(1_024),
  fixVersion: z.string().max(1_024).optional(),
});
export type AlertFinding = z.infer<typeof AlertFinding>;

const shared = {
  /** Identity of the fact, so that hearing it twice is one alert. */
  factId: z.string().min(1).max(256),
  at: z.iso.datetime(),
  severity: Severity,
  /** One sentence that says what happened. */
  sentence: z.string().max(2_048),
  /** The resource's labels whose names are declared. */
  labels: z.array(AttachedLabel).max(declaredLabelsMax),
};

export const VulnerabilityAlert = z.object({
  ...shared,
  factType: z.literal("vulnerabilities.rule-violated"),
  resourceKind: AlertResourceKind,
  resourceId: z.string().max(256),
  resourceName: z.string().max(512),
  ruleName: z.string().max(256),
  effect: z.enum(["alert", "block"]),
  counts: SeverityCounts,
  findings: z.array(AlertFinding).max(alertFindingsMax),
  findingTotal: z.int().nonnegative(),
});
export type VulnerabilityAlert = z.infer<typeof VulnerabilityAlert>;

const defender = { ...shared, defenderId: z.uuid(), hostname: z.string().max(1_024) };
export const DefenderDisconnectedAlert = z.object({ ...defender, factType: z.literal("fleet.defender-disconnected") });
export const DefenderConnectedAlert = z.object({ ...defender, factType: z.literal("fleet.defender-connected") });

/** What a channel is asked to tell. Every channel renders it in its own way. */
export const Alert = z.discriminatedUnion("factType", [
  VulnerabilityAlert,
  DefenderDisconnectedAlert,
  DefenderConnectedAlert,
]);
export type Alert = z.infer<typeof Alert>;
