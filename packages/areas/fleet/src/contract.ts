import { pageOf, PageRequest } from "@rampart/kernel";
import { ContainerEngine, DefenderPolicy, DutyStatus, nudgeWork } from "@rampart/protocol/contract";
import { z } from "zod";

const Instant = z.iso.datetime({ offset: true });
const Text = z.string().max(1024);

/** Most values that one filter of a list may name. */
export const filterValuesMax = 250;

/**
 * `connected`: its lease is alive. `stale`: the lease ended a moment ago, it may be changing gateways. `disconnected`:
 * it has been away for longer. `retired`: taken out of service by a person; its certificates are worthless.
 */
export const defenderStates = ["connected", "stale", "disconnected", "retired"] as const;
export const DefenderState = z.enum(defenderStates);
export type DefenderState = z.infer<typeof DefenderState>;

export const DefenderRow = z.object({
  id: z.uuid(),
  hostname: Text,
  fqdn: Text.nullable(),
  version: Text,
  state: DefenderState,
  /** When the state last went from connected to away or back. */
  stateSince: Instant,
  lastSeenAt: Instant.nullable(),
  enrolledAt: Instant,
  certificateExpiresAt: Instant.nullable(),
  /** Name of the distribution, null before the first connection. */
  os: Text.nullable(),
  kernel: Text.nullable(),
  architecture: Text.nullable(),
  engine: ContainerEngine.nullable(),
  images: z.int().nonnegative(),
  containers: z.int().nonnegative(),
  /** Duties that report a problem. */
  failingDuties: z.int().nonnegative(),
});
export type DefenderRow = z.infer<typeof DefenderRow>;
export const DefenderPage = pageOf(DefenderRow);

export const CertificateRow = z.object({
  serial: Text,
  issuedAt: Instant,
  expiresAt: Instant,
  revokedAt: Instant.nullable(),
});
export type CertificateRow = z.infer<typeof CertificateRow>;

/** Certificates shown with one Defender, newest first. */
export const certificatesShownMax = 20;

export const DefenderDetail = z.object({
  ...DefenderRow.shape,
  cpuCount: z.int().nonnegative().nullable(),
  memoryBytes: z.number().nonnegative().nullable(),
  /** Memory of the Defender itself. */
  residentBytes: z.number().nonnegative().nullable(),
  remoteAddress: Text.nullable(),
  features: z.array(Text).max(64),
  duties: z.array(DutyStatus).max(64),
  /** Reports that wait on the host, and those it had to drop because its spool was full. */
  spool: z.object({ frames: z.number(), bytes: z.number(), droppedFrames: z.number() }).nullable(),
  policy: z.object({ appliedHash: Text.nullable(), problem: Text.nullable() }),
  certificates: z.array(CertificateRow).max(certificatesShownMax),
});
export type DefenderDetail = z.infer<typeof DefenderDetail>;

export const defenderSorts = ["hostname", "version", "lastSeenAt", "enrolledAt"] as const;
/** Without `states`, retired Defenders are left out. */
export const ListDefenders = PageRequest.extend({
  sort: z.enum(defenderSorts).default("hostname"),
  states: z.array(DefenderState).max(defenderStates.length).optional(),
  hostnames: z.array(Text).max(filterValuesMax).optional(),
  versions: z.array(Text).max(filterValuesMax).optional(),
  /** With a container engine of this kind; `none` without any. */
  engines: z
    .array(z.enum(["docker", "podman", "other", "none"]))
    .max(4)
    .optional(),
});
export type ListDefenders = z.infer<typeof ListDefenders>;

export const DefenderRef = z.object({ id: z.uuid() });
export type DefenderRef = z.infer<typeof DefenderRef>;

export const DefenderSummary = z.object({
  connected: z.int().nonnegative(),
  stale: z.int().nonnegative(),
  disconnected: z.int().nonnegative(),
  retired: z.int().nonnegative(),
});
export type DefenderSummary = z.infer<typeof DefenderSummary>;

export const CategoryCount = z.object({
  category: z.enum(["container", "host"]),
  deployed: z.int().nonnegative(),
  connected: z.int().nonnegative(),
});
export type CategoryCount = z.infer<typeof CategoryCount>;

/** How long an unused enrolment token may live, in minutes. */
export const tokenMinutes = { min: 1, default: 60, max: 24 * 60 } as const;

export const CreateEnrolmentToken = z.object({
  lifetimeMinutes: z.int().min(tokenMinutes.min).max(tokenMinutes.max).default(tokenMinutes.default),
  /** Name of the gateway as hosts reach it: one of `gatewayNames`. Default: the first. */
  gatewayName: z.string().max(253).optional(),
});
export type CreateEnrolmentToken = z.infer<typeof CreateEnrolmentToken>;

/** Shown once; the Console keeps only a hash of the token. */
export const EnrolmentTokenView = z.object({
  id: z.uuid(),
  token: Text,
  /** The command that a person runs as root on the host. */
  command: z.string().max(4096),
  /** `https://name:port` of the gateway. */
  gateway: Text,
  /** Fingerprint of the installation's CA that the Defender checks at its first connection. */
  pin: Text,
  expiresAt: Instant,
});
export type EnrolmentTokenView = z.infer<typeof EnrolmentTokenView>;

export const enrolmentTokenStates = ["open", "used", "expired", "revoked"] as const;
export const EnrolmentTokenRow = z.object({
  id: z.uuid(),
  state: z.enum(enrolmentTokenStates),
  createdBy: Text,
  createdAt: Instant,
  expiresAt: Instant,
  usedAt: Instant.nullable(),
  /** Host that used it. */
  usedBy: Text.nullable(),
});
export type EnrolmentTokenRow = z.infer<typeof EnrolmentTokenRow>;
export const EnrolmentTokenPage = pageOf(EnrolmentTokenRow);
export const ListEnrolmentTokens = PageRequest.pick({ offset: true, limit: true });
export type ListEnrolmentTokens = z.infer<typeof ListEnrolmentTokens>;
export const EnrolmentTokenRef = z.object({ id: z.uuid() });
export type EnrolmentTokenRef = z.infer<typeof EnrolmentTokenRef>;

/** Names under which hosts reach the gateway with a valid certificate. */
export const GatewayNames = z.array(Text).max(filterValuesMax);
export type GatewayNames = z.infer<typeof GatewayNames>;

export const NudgeDefender = z.object({ id: z.uuid(), work: z.enum(nudgeWork) });
export type NudgeDefender = z.infer<typeof NudgeDefender>;

export { DefenderPolicy };
export const DefenderPolicyView = z.object({ hash: Text, policy: DefenderPolicy });
export type DefenderPolicyView = z.infer<typeof DefenderPolicyView>;

/** Names one stored report; the payload of the job that applies it. */
export const FrameRef = z.object({ defenderId: z.uuid(), epoch: z.uuid(), sequence: z.int().positive() });
export type FrameRef = z.infer<typeof FrameRef>;

export const DefenderFact = z.object({ defenderId: z.uuid(), hostname: Text });
export type DefenderFact = z.infer<typeof DefenderFact>;
export const factTypes = {
  connected: "fleet.defender-connected",
  disconnected: "fleet.defender-disconnected",
} as const;

/** PostgreSQL channel that says "a report was stored". */
export const frameChannel = "rampart_frames";
