import { SeverityCounts } from "@rampart/kernel";
import { z } from "zod";
import { Text } from "./text.ts";

/** What can carry findings of its own. A container shows the findings of its image. */
export const resourceKinds = ["image", "host"] as const;
export const ResourceKind = z.enum(resourceKinds);
export type ResourceKind = z.infer<typeof ResourceKind>;

export const ResourceId = z.string().min(1).max(256);

export const ResourceRef = z.object({ resourceKind: ResourceKind, resourceId: ResourceId });
export type ResourceRef = z.infer<typeof ResourceRef>;

/** Most resources whose summaries one question may ask for: one page of any list. */
export const summariesMax = 250;

/** What lists, badges and detail headers show about one resource without reading its findings. */
export const ResourceSummary = z.object({
  resourceKind: ResourceKind,
  resourceId: ResourceId,
  resourceName: Text,
  counts: SeverityCounts,
  total: z.int().nonnegative(),
  fixable: z.int().nonnegative(),
  knownExploited: z.int().nonnegative(),
  /** critical · 1,000,000 + high · 10,000 + medium · 100 + low: a sort key that integrations know. */
  riskScore: z.number().nonnegative(),
  /** When the packages were last compared with the advisories. */
  scannedAt: z.iso.datetime(),
  firstScannedAt: z.iso.datetime(),
  packageCount: z.int().nonnegative(),
  /** No advisories exist for this operating system: an empty list of findings is not an all-clear. */
  unsupportedOs: z.boolean(),
  /** Human name of the operating system, if one was found. */
  osName: Text.nullable(),
  /** What the policy decided for the resource as a whole, and the rule that decided. */
  effect: z.enum(["ignore", "alert", "block"]),
  ruleName: Text.nullable(),
});
export type ResourceSummary = z.infer<typeof ResourceSummary>;

export const ListResourceSummaries = z.object({
  resourceKind: ResourceKind,
  resourceIds: z.array(ResourceId).max(summariesMax),
});
export type ListResourceSummaries = z.infer<typeof ListResourceSummaries>;

/** Resources with the highest risk first, for the dashboard. */
export const ListRiskiestResources = z.object({
  resourceKind: ResourceKind.optional(),
  limit: z.int().positive().max(summariesMax).default(10),
});
export type ListRiskiestResources = z.infer<typeof ListRiskiestResources>;
