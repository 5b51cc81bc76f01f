import { Severity } from "@rampart/kernel";
import { z } from "zod";
import { alertFactTypes, AlertFactType, alertResourceKinds, AlertResourceKind } from "./alert.ts";
import { LabelName, labelValueMax } from "./labels.ts";

export const profilesMax = 500;
export const profileRulesMax = 200;
export const profileLabelsMax = 32;
/** Longest time that alerts may be held back to be sent together. */
export const periodSecondsMax = 24 * 3600;
/** Name of the profile that comes with a new channel. */
export const defaultProfileName = "All alerts";

/** Which alerts go to which channel. */
export const SaveProfile = z.object({
  /** Absent makes a new profile. */
  id: z.uuid().optional(),
  name: z.string().trim().min(1).max(128),
  notes: z.string().max(4_000).default(""),
  enabled: z.boolean().default(true),
  channelId: z.uuid(),
  factTypes: z.array(AlertFactType).min(1).max(alertFactTypes.length),
  /** Only alerts about these kinds of resource; empty means all. Alerts without a resource always pass. */
  resourceKinds: z.array(AlertResourceKind).max(alertResourceKinds.length).default([]),
  /** Only alerts of these policy rules; empty means all. Alerts without a rule always pass. */
  ruleNames: z.array(z.string().min(1).max(256)).max(profileRulesMax).default([]),
  /** Only alerts whose worst finding is at least this severe; `unknown` lets all pass. */
  severityAtLeast: Severity.default("unknown"),
  /** Labels that the resource must carry, name → value; all of them. */
  where: z
    .record(LabelName, z.string().max(labelValueMax))
    .refine((where) => Object.keys(where).length <= profileLabelsMax, `at most ${profileLabelsMax} labels`)
    .default({}),
  /** What happens to alerts of resources that carry none of those labels. */
  unlabelled: z.enum(["send", "skip"]).default("skip"),
  /** 0 sends each alert at once; otherwise the first goes at once and those after it together, once per period. */
  periodSeconds: z.int().nonnegative().max(periodSecondsMax).default(0),
});
export type SaveProfile = z.infer<typeof SaveProfile>;

export const ProfileView = SaveProfile.extend({
  id: z.uuid(),
  channelName: z.string(),
  /** Deliveries of the last 30 days. */
  deliveries: z.int().nonnegative(),
  lastError: z.string().nullable(),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
});
export type ProfileView = z.infer<typeof ProfileView>;

export const ProfileRef = z.object({ id: z.uuid() });
export type ProfileRef = z.infer<typeof ProfileRef>;

/** Alerts that a preview looks back on. */
export const previewAlertsMax = 100;

/** Which of the last alerts would this profile have sent? Nothing is saved. */
export const PreviewProfile = SaveProfile.omit({ id: true, name: true, notes: true, channelId: true });
export type PreviewProfile = z.infer<typeof PreviewProfile>;

export const ProfilePreview = z.object({
  looked: z.int().nonnegative(),
  matched: z
    .array(
      z.object({
        factType: AlertFactType,
        at: z.iso.datetime(),
        severity: Severity,
        sentence: z.string(),
        /** Why it would have been sent. */
        because: z.string(),
      }),
    )
    .max(previewAlertsMax),
});
export type ProfilePreview = z.infer<typeof ProfilePreview>;
