import { constants } from "node:crypto";
import type { SecureContextOptions } from "node:tls";
import { issueServerCertificate, type InstallationAuthority } from "@rampart/fleet/bind";
import type { Sealer } from "@rampart/secrets";

/** A fresh certificate is taken this often; it lives a month. */
export const serverCertificateEveryMs = 7 * 24 * 60 * 60_000;

/** Key, certificate and CA that the gateway presents. */
export async function serverIdentity(
  sealer: Sealer,
  installation: InstallationAuthority,
  names: readonly string[],
): Promise<SecureContextOptions> {
  const { key, chain } = await issueServerCertificate(sealer, installation, { names, now: new Date() });
  return {
    key,
    cert: chain,
    ca: installation.certificate,
    minVersion: "TLSv1.3",
    // Without tickets there is no resumption, so every handshake shows the certificate that decides over the project.
    secureOptions: constants.SSL_OP_NO_TICKET,
  };
}
