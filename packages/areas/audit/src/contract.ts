import { pageOf, PageRequest } from "@rampart/kernel";
import { z } from "zod";

export const callerKinds = ["user", "token", "defender", "job", "system", "cli"] as const;
export const CallerKind = z.enum(callerKinds);

/** Groups of actions as the public API names them. */
export const auditTypes = [
  "login",
  "profile",
  "settings",
  "rule",
  "user",
  "group",
  "credential",
  "tag",
  "role",
  "pairing",
] as const;
export const AuditType = z.enum(auditTypes);
export type AuditType = z.infer<typeof AuditType>;

/** Newest first unless `reverse`. `search` matches action, subject and the caller's name. */
export const ListAuditEntries = PageRequest.extend({
  /** Exact actions, such as `alerts.channel.created`. */
  actions: z.array(z.string().min(1).max(128)).max(100).optional(),
  /** The area before the first dot of the action. */
  area: z.string().min(1).max(64).optional(),
  types: z.array(AuditType).max(auditTypes.length).optional(),
  callerNames: z.array(z.string().min(1).max(256)).max(100).optional(),
  callerKinds: z.array(CallerKind).max(callerKinds.length).optional(),
  subject: z.string().min(1).max(512).optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
});
export type ListAuditEntries = z.infer<typeof ListAuditEntries>;

/** One line of a difference: `before` or `after` is absent where there was, or is, nothing. */
export const AuditDifference = z.object({
  path: z.string().max(4_096),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
});
export type AuditDifference = z.infer<typeof AuditDifference>;

/** Lines that one entry shows; the full objects are in `before` and `after`. */
export const differencesMax = 200;

export const AuditEntryRow = z.object({
  id: z.uuid(),
  at: z.iso.datetime(),
  callerKind: CallerKind,
  callerId: z.string(),
  callerName: z.string(),
  sourceIp: z.string().nullable(),
  action: z.string(),
  type: AuditType,
  subject: z.string().nullable(),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
  differences: z.array(AuditDifference).max(differencesMax),
});
export type AuditEntryRow = z.infer<typeof AuditEntryRow>;
export const AuditEntryPage = pageOf(AuditEntryRow);

/** Values for the filter boxes. */
export const valuesMax = 1_000;
export const AuditFilterValues = z.object({
  actions: z.array(z.string().max(256)).max(valuesMax),
  callerNames: z.array(z.string().max(256)).max(valuesMax),
});
export type AuditFilterValues = z.infer<typeof AuditFilterValues>;
