import { Refusal } from "@rampart/kernel";
import { certificateTerm, lifetimeDays, renewAfter } from "../core/certificate-term.ts";
import type { IssuingFleetCtx, RegisteredCertificate } from "../ports.ts";
import { currentAuthority } from "./current-authority.ts";

/** A signed certificate that counts only once its entry is in the register. */
export type SignedCertificate = Readonly<{
  entry: RegisteredCertificate;
  certificate: string;
  chain: readonly string[];
  expiresAt: string;
  renewAfter: string;
}>;

const refusals = {
  "csr-unreadable": "The certificate request could not be read or is not signed with its own key.",
  "key-unsupported": "The key of a Defender must be ECDSA on the curve P-256.",
} as const;

/** Signs the host's key. Done before the unit of work that registers it, so that no transaction waits for a signature. */
export async function issueCertificate(
  ctx: IssuingFleetCtx,
  defenderId: string,
  csr: string,
): Promise<SignedCertificate> {
  ctx.require("fleet.write");
  const now = ctx.clock.now();
  const term = certificateTerm(now, lifetimeDays.defender);
  const authority = await currentAuthority(ctx, term);
  const serial = ctx.mint.newSerial();
  const issued = await ctx.issuer.issue({ authority, csr, defenderId, serial, term });
  if (issued.outcome !== "issued") {
    throw new Refusal("invalid", `fleet.certificate.${issued.outcome}`, refusals[issued.outcome]);
  }
  const { certificate, fingerprint } = issued;
  return {
    entry: { serial, defenderId, authorityId: authority.id, fingerprint, issuedAt: now, expiresAt: term.notAfter },
    certificate,
    chain: [authority.certificate, ctx.issuer.installationCertificate],
    expiresAt: term.notAfter.toISOString(),
    renewAfter: renewAfter(term).toISOString(),
  };
}
