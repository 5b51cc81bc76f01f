import { z } from "zod";

export const declaredLabelsMax = 64;
export const labelNameMax = 512;
export const labelValueMax = 4_096;

/** Name of a label as engines and orchestrators give it: case matters, no spaces around it. */
export const LabelName = z
  .string()
  .min(1)
  .max(labelNameMax)
  .refine((name) => name === name.trim(), "must not begin or end with a space")
  .refine((name) => !/[\p{Cc}=]/u.test(name), "must not contain '=' or control characters");

/** One declared label that the resource carries, its value trimmed. */
export const AttachedLabel = z.object({ name: z.string().max(labelNameMax), value: z.string().max(labelValueMax) });
export type AttachedLabel = z.infer<typeof AttachedLabel>;

/** The labels whose values are appended to alerts. Replaces the whole list. */
export const SaveAlertLabels = z.object({
  labels: z
    .array(LabelName)
    .max(declaredLabelsMax)
    .refine((labels) => new Set(labels).size === labels.length, "a label is named twice"),
});
export type SaveAlertLabels = z.infer<typeof SaveAlertLabels>;

export const AlertLabels = z.object({
  /** Declared names, in the order in which alerts show them. */
  labels: z.array(z.string().max(labelNameMax)).max(declaredLabelsMax),
  /** How many of the last alerts carried each of them: a name that nothing carries is probably misspelt. */
  carried: z
    .array(z.object({ name: z.string().max(labelNameMax), alerts: z.int().nonnegative() }))
    .max(declaredLabelsMax),
  alertsLooked: z.int().nonnegative(),
});
export type AlertLabels = z.infer<typeof AlertLabels>;
