import { z } from "zod";
import { Epoch, Instant, Pem, Sequence, Sha256, VersionText } from "./parts.ts";

export const Welcome = z.strictObject({
  type: z.literal("welcome"),
  protocolVersion: z.int().positive(),
  gatewayVersion: VersionText,
  /** The gateway's clock, so that a Defender can report a skewed one. */
  now: Instant,
  heartbeatSeconds: z.int().min(1).max(3600),
  /** Hash of the policy that applies; a differing one follows as `policy.snapshot`. */
  policyHash: Sha256,
  certificate: z.strictObject({ expiresAt: Instant, renewAfter: Instant }),
});
export type Welcome = z.infer<typeof Welcome>;

/** A policy as text. `hash` is the SHA-256 of exactly this text, so that it stays checkable when fields are added. */
export const PolicySnapshot = z.strictObject({
  type: z.literal("policy.snapshot"),
  hash: Sha256,
  body: z.string().max(1024 * 1024),
});
export type PolicySnapshot = z.infer<typeof PolicySnapshot>;

export const HeartbeatSeen = z.strictObject({ type: z.literal("heartbeat.seen"), beat: z.int().nonnegative() });

/** Kinds of work a Defender can be asked to do now. */
export const nudgeWork = ["rescan-host", "rescan-images", "renew-certificate"] as const;
export const Nudge = z.strictObject({ type: z.literal("nudge"), work: z.enum(nudgeWork) });
export type Nudge = z.infer<typeof Nudge>;

export const CertificateIssued = z.strictObject({
  type: z.literal("certificate.issued"),
  requestId: z.uuid(),
  certificate: Pem,
  /** Issuers up to the installation's CA, nearest first. */
  chain: z.array(Pem).min(1).max(4),
  expiresAt: Instant,
  renewAfter: Instant,
});
export type CertificateIssued = z.infer<typeof CertificateIssued>;

/** A request on the control lane was understood and refused; asking again unchanged is pointless. */
export const RequestRefused = z.strictObject({
  type: z.literal("request.refused"),
  requestId: z.uuid(),
  reason: z.string().max(128),
  message: z.string().max(1024),
});

/** What a gateway says on the control lane. */
export const GatewayControlFrame = z.discriminatedUnion("type", [
  Welcome,
  PolicySnapshot,
  HeartbeatSeen,
  Nudge,
  CertificateIssued,
  RequestRefused,
]);
export type GatewayControlFrame = z.infer<typeof GatewayControlFrame>;

/** Every report of the epoch up to this sequence is durable. Sequence 0: none yet. */
export const Ack = z.strictObject({ type: z.literal("ack"), epoch: Epoch, sequence: z.int().nonnegative() });
export type Ack = z.infer<typeof Ack>;

/** This one report can never be accepted: drop it, count it, go on. */
export const ReportRefused = z.strictObject({
  type: z.literal("report.refused"),
  epoch: Epoch,
  sequence: Sequence,
  message: z.string().max(1024),
});
export type ReportRefused = z.infer<typeof ReportRefused>;

/** What a gateway says on the bulk lane. */
export const GatewayBulkFrame = z.discriminatedUnion("type", [Ack, ReportRefused]);
export type GatewayBulkFrame = z.infer<typeof GatewayBulkFrame>;
