import { z } from "zod";
import { HostName, Instant, Pem, VersionText } from "./frames/parts.ts";

/**
 * Where a Defender asks for its first certificate: HTTPS POST on the gateway, without a client certificate. The gateway
 * presents its certificate with the installation's CA behind it: the Defender first takes that CA from a connection on
 * which it sends nothing, compares it with the pin, and then connects again with it as the only trust anchor.
 */
export const enrolmentPath = "/enrol";

/**
 * SHA-256 of the public key (SPKI) of the installation's CA, in the form `sha256:<base64url>`. It travels with the
 * token, so that the very first connection is authenticated although the host knows no CA yet.
 */
export const Pin = z.string().regex(/^sha256:[A-Za-z0-9_-]{43}$/);
export type Pin = z.infer<typeof Pin>;

export const EnrolmentToken = z.string().regex(/^[A-Za-z0-9_-]{32,128}$/);

export const EnrolmentRequest = z.strictObject({
  token: EnrolmentToken,
  /** PKCS #10 request, ECDSA P-256; its subject is ignored, the gateway names the Defender. */
  csr: Pem,
  hostname: HostName,
  defenderVersion: VersionText,
  /** Names the machine (a hash of /etc/machine-id), so that enrolling a host again replaces its Defender. */
  machineId: z
    .string()
    .regex(/^[0-9a-f]{32,64}$/)
    .optional(),
});
export type EnrolmentRequest = z.infer<typeof EnrolmentRequest>;

export const EnrolmentAnswer = z.strictObject({
  defenderId: z.uuid(),
  certificate: Pem,
  /** Issuers of the certificate up to the installation's CA, nearest first. The last one is the trust anchor. */
  chain: z.array(Pem).min(1).max(4),
  expiresAt: Instant,
  /** When to ask for the next certificate over the control lane. */
  renewAfter: Instant,
});
export type EnrolmentAnswer = z.infer<typeof EnrolmentAnswer>;

/** Body of every answer of the gateway that is not a success. */
export const GatewayProblem = z.object({ err: z.string().max(1024), reason: z.string().max(128) });
export type GatewayProblem = z.infer<typeof GatewayProblem>;
