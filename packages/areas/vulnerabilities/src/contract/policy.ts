import { Severity, SeverityCounts } from "@rampart/kernel";
import { z } from "zod";
import { CveId, PolicyEffect } from "./findings.ts";
import { ResourceId, ResourceKind } from "./resource.ts";
import { Text } from "./text.ts";

/** Limits of one policy; far above what people keep in order by hand. */
export const rulesMax = 500;
export const exceptionsMax = 2_000;
export const patternsMax = 200;

/** `*` stands for any text, a leading `-` excludes, case does not matter. */
const Pattern = z.string().min(1).max(512);

/** Which resources a rule is about. An empty list asks for nothing; different lists must all agree. */
export const RuleCollection = z.object({
  name: z.string().min(1).max(128),
  images: z.array(Pattern).max(patternsMax).default([]),
  hosts: z.array(Pattern).max(patternsMax).default([]),
  /** `key:value` patterns. */
  labels: z.array(Pattern).max(patternsMax).default([]),
});
export type RuleCollection = z.infer<typeof RuleCollection>;

/** The collection every project has: everything. */
export const everything: RuleCollection = { name: "All", images: [], hosts: [], labels: [] };

/** An expiring allowance (or a tightening) for one CVE inside a rule. */
export const RuleException = z.object({
  cve: CveId,
  effect: PolicyEffect,
  reason: z.string().max(2_000).default(""),
  /** First moment at which the exception no longer counts; never if absent. Expired ones stay listed. */
  expiresAt: z.iso.datetime({ offset: true }).optional(),
});
export type RuleException = z.infer<typeof RuleException>;

/** Severity from which a rule acts; null = it does not. */
const Threshold = Severity.exclude(["unknown"]).nullable();

const GraceDays = z.int().nonnegative().max(3_650);

export const PolicyRule = z.object({
  id: z.uuid(),
  name: z.string().min(1).max(256),
  notes: z.string().max(4_000).default(""),
  enabled: z.boolean().default(true),
  /** At least one; a resource in any of them is in scope. */
  collections: z.array(RuleCollection).min(1).max(64).default([everything]),
  /** `low` alerts on everything, also on findings that nobody has graded. */
  alertFrom: Threshold.default("low"),
  blockFrom: Threshold.default(null),
  /** Findings without a fix are ignored by this rule. */
  onlyFixed: z.boolean().default(false),
  /** Days after the fix appeared during which a block is only an alert: for all severities, or one by one. */
  graceDays: z
    .union([GraceDays, z.object({ critical: GraceDays, high: GraceDays, medium: GraceDays, low: GraceDays })])
    .default(0),
  exceptions: z.array(RuleException).max(exceptionsMax).default([]),
  /** A known exploit can weigh more than the severity; it also ends the grace. */
  riskFactorEffects: z
    .array(
      z.object({
        factor: z.enum(["Exploit exists - in the wild", "Exploit exists - POC"]),
        effect: z.enum(["alert", "block"]),
      }),
    )
    .max(2)
    .default([]),
  /** Thresholds of one kind of package, in place of the rule's own. */
  packageKindThresholds: z
    .array(z.object({ packageKind: z.string().min(1).max(32), alertFrom: Threshold, blockFrom: Threshold }))
    .max(32)
    .default([]),
  /** Appended to what the person is told whose start was blocked. */
  blockMessage: z.string().max(2_000).default(""),
});
export type PolicyRule = z.infer<typeof PolicyRule>;

/** The rule every policy begins with. */
export const defaultRuleName = "Default - alert all components";

/** Ordered rules for one kind of resource: the first enabled rule whose scope fits decides alone. */
export const Policy = z.object({
  policy: ResourceKind,
  revision: z.int().nonnegative(),
  updatedAt: z.iso.datetime().nullable(),
  updatedBy: Text.nullable(),
  rules: z
    .array(
      PolicyRule.extend({
        sentence: Text,
        /** Audits of the last 30 days. */
        hits: z.int().nonnegative(),
        /** Name of an earlier rule that always decides first, so that this one never does. */
        shadowedBy: Text.nullable(),
      }),
    )
    .max(rulesMax),
});
export type Policy = z.infer<typeof Policy>;

export const GetPolicy = z.object({ policy: ResourceKind });
export type GetPolicy = z.infer<typeof GetPolicy>;

/** Replaces the whole list. `revision` is the one the editor saw; another one in force is a conflict. */
export const SavePolicy = z.object({
  policy: ResourceKind,
  revision: z.int().nonnegative().optional(),
  rules: z
    .array(PolicyRule)
    .max(rulesMax)
    .refine((rules) => new Set(rules.map((rule) => rule.name)).size === rules.length, "two rules have the same name")
    .refine((rules) => new Set(rules.map((rule) => rule.id)).size === rules.length, "two rules have the same id"),
});
export type SavePolicy = z.infer<typeof SavePolicy>;

/** What would these rules do today? Nothing is saved. */
export const PreviewPolicy = z.object({ policy: ResourceKind, rules: z.array(PolicyRule).max(rulesMax) });
export type PreviewPolicy = z.infer<typeof PreviewPolicy>;

/** Resources a preview lists by name. */
export const previewResourcesMax = 50;

export const PolicyPreview = z.object({
  resources: z.int().nonnegative(),
  findings: z.int().nonnegative(),
  /** True when the project has more findings than a preview reads; the numbers are then lower bounds. */
  partial: z.boolean(),
  ignored: z.int().nonnegative(),
  alerted: z.int().nonnegative(),
  blocked: z.int().nonnegative(),
  resourcesBlocked: z.int().nonnegative(),
  /** Per rule (null = no rule fits): resources it decides and findings by effect. */
  rules: z
    .array(
      z.object({
        ruleName: Text.nullable(),
        resources: z.int().nonnegative(),
        ignored: z.int().nonnegative(),
        alerted: z.int().nonnegative(),
        blocked: z.int().nonnegative(),
      }),
    )
    .max(rulesMax + 1),
  /** Worst first, with what decides about them now. */
  examples: z
    .array(
      z.object({
        resourceKind: ResourceKind,
        resourceId: ResourceId,
        resourceName: Text,
        ruleName: Text.nullable(),
        effect: PolicyEffect,
        effectNow: PolicyEffect,
        counts: SeverityCounts,
      }),
    )
    .max(previewResourcesMax),
});
export type PolicyPreview = z.infer<typeof PolicyPreview>;
