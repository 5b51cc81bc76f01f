import { Refusal } from "@rampart/kernel";
import { certificatesActiveMax } from "../core/certificate-term.ts";
import type { IssuingFleetCtx } from "../ports.ts";
import { issueCertificate, type SignedCertificate } from "./issue-certificate.ts";

export type RenewCertificate = Readonly<{ defenderId: string; csr: string }>;

/** Issues the next certificate to a Defender that is connected with a valid one, which stays valid until it ends. */
export async function renewCertificate(
  ctx: IssuingFleetCtx,
  { defenderId, csr }: RenewCertificate,
): Promise<SignedCertificate> {
  ctx.require("fleet.write");
  const signed = await issueCertificate(ctx, defenderId, csr);
  await ctx.unit(async ({ defenders, certificates, audit }) => {
    const defender = await defenders.findForUpdate(defenderId);
    if (defender === null || defender.retiredAt !== null) {
      throw new Refusal("forbidden", "fleet.defender.retired", "This Defender was retired. Enrol the host again.");
    }
    if ((await certificates.countActive(defenderId, ctx.clock.now())) >= certificatesActiveMax) {
      const message = `A Defender holds at most ${certificatesActiveMax} certificates that have not expired.`;
      throw new Refusal("limit", "fleet.certificate.too-many", message);
    }
    await certificates.insert(signed.entry);
    const after = { defenderId, serial: signed.entry.serial, expiresAt: signed.expiresAt };
    await audit.record("fleet.certificate.renewed", { subject: defender.hostname, after });
  });
  return signed;
}
