import { z } from "zod";
import { ContainerEngine, Epoch, HostName, Instant, Pem, Sha256, VersionText } from "./parts.ts";

/** What a Defender can do; a gateway asks nothing of it that is not listed. Unknown words are kept, not refused. */
const Features = z.array(z.string().max(64)).max(64);

/** First frame on the control lane. */
export const Hello = z.strictObject({
  type: z.literal("hello"),
  protocolVersions: z.array(z.int().positive()).min(1).max(16),
  defenderVersion: VersionText,
  hostname: HostName,
  fqdn: HostName.optional(),
  epoch: Epoch,
  startedAt: Instant,
  os: z.strictObject({ id: z.string().max(64), versionId: z.string().max(64), name: z.string().max(256) }).nullable(),
  kernel: z.string().max(256),
  architecture: z.string().max(32),
  cpuCount: z.int().nonnegative().max(100_000),
  memoryBytes: z.int().nonnegative(),
  engine: ContainerEngine.nullable(),
  /** Hash of the policy snapshot in force, null before the first one. */
  policyHash: Sha256.nullable(),
  features: Features,
});
export type Hello = z.infer<typeof Hello>;

/** State of one duty of the Defender, shown to people. */
export const DutyStatus = z.strictObject({
  name: z.string().min(1).max(64),
  state: z.enum(["idle", "working", "failing", "disabled"]),
  /** Readable sentence; for a failing duty what went wrong and what to do. */
  message: z.string().max(1024).optional(),
  since: Instant.optional(),
});
export type DutyStatus = z.infer<typeof DutyStatus>;

export const Heartbeat = z.strictObject({
  type: z.literal("heartbeat"),
  /** Returned in `heartbeat.seen`, so that the Defender can measure the way. */
  beat: z.int().nonnegative(),
  spool: z.strictObject({
    frames: z.int().nonnegative(),
    bytes: z.int().nonnegative(),
    /** Reports dropped since the start of the epoch because the spool was full. */
    droppedFrames: z.int().nonnegative(),
  }),
  memoryBytes: z.int().nonnegative(),
  containers: z.int().nonnegative(),
  images: z.int().nonnegative(),
  duties: z.array(DutyStatus).max(64),
});
export type Heartbeat = z.infer<typeof Heartbeat>;

/** The policy snapshot with this hash is in force, or could not be used and the former one stays. */
export const PolicyApplied = z.strictObject({
  type: z.literal("policy.applied"),
  hash: Sha256,
  problem: z.string().max(1024).optional(),
});

/** Asks for a certificate for a fresh key of the host; the gateway answers with the same request id. */
export const CertificateRenew = z.strictObject({ type: z.literal("certificate.renew"), requestId: z.uuid(), csr: Pem });

/** Everything a Defender may say on the control lane. Who says it comes from the certificate, never from a frame. */
export const DefenderControlFrame = z.discriminatedUnion("type", [Hello, Heartbeat, PolicyApplied, CertificateRenew]);
export type DefenderControlFrame = z.infer<typeof DefenderControlFrame>;

/** First text frame on the bulk lane: "my spool is this epoch". Answered by an `ack` that says what is durable. */
export const Resume = z.strictObject({ type: z.literal("resume"), epoch: Epoch });
export type Resume = z.infer<typeof Resume>;
export const DefenderBulkText = z.discriminatedUnion("type", [Resume]);
export type DefenderBulkText = z.infer<typeof DefenderBulkText>;
