/** What is known about a certificate that somebody presented and whose private key they hold. */
export type PresentedCertificate = Readonly<{
  /** Signed by the authority of its project, as far as the rim could verify. */
  isSignedByAuthority: boolean;
  expiresAt: Date;
  revokedAt: Date | null;
  defenderRetiredAt: Date | null;
}>;

export type Admission =
  | "admitted"
  | "certificate-unknown"
  | "certificate-forged"
  | "certificate-expired"
  | "certificate-revoked"
  | "defender-retired";

/** Whether a socket may speak for a Defender. `null`: we never issued this certificate. */
export function decideAdmission(certificate: PresentedCertificate | null, now: Date): Admission {
  if (certificate === null) return "certificate-unknown";
  if (!certificate.isSignedByAuthority) return "certificate-forged";
  if (certificate.defenderRetiredAt !== null) return "defender-retired";
  if (certificate.revokedAt !== null) return "certificate-revoked";
  return certificate.expiresAt.getTime() > now.getTime() ? "admitted" : "certificate-expired";
}

/** What the operator of the host reads. */
export const admissionSentences: Readonly<Record<Exclude<Admission, "admitted">, string>> = {
  "certificate-unknown": "This certificate was not issued by this installation. Enrol the host again.",
  "certificate-forged": "This certificate was not signed by its project's authority. Enrol the host again.",
  "certificate-expired": "This certificate has expired. Enrol the host again.",
  "certificate-revoked": "This certificate was revoked. Enrol the host again if it should be protected.",
  "defender-retired": "This Defender was retired. Enrol the host again if it should be protected.",
};
