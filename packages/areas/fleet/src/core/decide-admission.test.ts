import { expect, test } from "vitest";
import { decideAdmission, type PresentedCertificate } from "./decide-admission.ts";

const now = new Date("2026-01-05T10:00:00Z");
const good: PresentedCertificate = {
  isSignedByAuthority: true,
  expiresAt: new Date(now.getTime() + 1),
  revokedAt: null,
  defenderRetiredAt: null,
};

test.for([
  ["admits a valid certificate", good, "admitted"],
  ["refuses one that was never issued", null, "certificate-unknown"],
  ["refuses one that its authority did not sign", { ...good, isSignedByAuthority: false }, "certificate-forged"],
  ["refuses at the moment of expiry", { ...good, expiresAt: now }, "certificate-expired"],
  ["refuses a revoked one", { ...good, revokedAt: now }, "certificate-revoked"],
  ["refuses every certificate of a retired Defender", { ...good, defenderRetiredAt: now }, "defender-retired"],
] as const)("%s", ([, certificate, admission]) => {
  expect(decideAdmission(certificate, now)).toBe(admission);
});
