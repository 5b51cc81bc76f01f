import { X509Certificate } from "node:crypto";
import type { Database } from "@rampart/database";
import { decideAdmission, type Admission } from "../core/decide-admission.ts";
import { renewAfter } from "../core/certificate-term.ts";
import { fingerprintOf } from "./certificates/x509.ts";

/** Whom a certificate speaks for. The only source of a Defender's project. */
export type AdmittedDefender = Readonly<{
  outcome: "admitted";
  tenantId: string;
  projectId: string;
  defenderId: string;
  hostname: string;
  serial: string;
  expiresAt: Date;
  renewAfter: Date;
}>;

type Row = Readonly<{
  tenantId: string;
  projectId: string;
  defenderId: string;
  hostname: string;
  serial: string;
  expiresAt: Date;
  revokedAt: Date | null;
  retiredAt: Date | null;
  authority: string;
}>;

/** Looks the certificate up whose private key the peer has just proved to hold, and decides whether it may speak. */
export async function admitCertificate(
  database: Database,
  certificate: X509Certificate,
  now: Date,
): Promise<AdmittedDefender | Readonly<{ outcome: Exclude<Admission, "admitted"> }>> {
  const row = await findCertificate(database, fingerprintOf(certificate.raw));
  if (row === null) return { outcome: "certificate-unknown" };
  const { expiresAt, revokedAt, retiredAt } = row;
  const isSignedByAuthority = certificate.verify(new X509Certificate(row.authority).publicKey);
  const presented = { isSignedByAuthority, expiresAt, revokedAt, defenderRetiredAt: retiredAt };
  const outcome = decideAdmission(presented, now);
  if (outcome !== "admitted") return { outcome };
  const { tenantId, projectId, defenderId, hostname, serial } = row;
  const term = { notBefore: new Date(certificate.validFrom), notAfter: expiresAt };
  return { outcome, tenantId, projectId, defenderId, hostname, serial, expiresAt, renewAfter: renewAfter(term) };
}

function findCertificate(database: Database, fingerprint: string): Promise<Row | null> {
  return database.installation(async (tx) => {
    const rows = await tx.$queryRaw<Row[]>`
      select p.tenant_id as "tenantId", f.project_id as "projectId", f.defender_id as "defenderId", d.hostname,
        f.serial, f.expires_at as "expiresAt", f.revoked_at as "revokedAt", d.retired_at as "retiredAt",
        a.certificate as authority
      from fleet_certificate f
      join fleet_authority a on a.project_id = f.project_id and a.id = f.authority_id
      join fleet_defender d on d.project_id = f.project_id and d.id = f.defender_id
      join tenancy_project p on p.id = f.project_id
      where f.fingerprint = ${fingerprint}`;
    return rows[0] ?? null;
  });
}

/** The project that a token invites into; whether the token is still good is decided when it is used. */
export async function findTokenProject(
  database: Database,
  tokenHash: string,
): Promise<Readonly<{ tenantId: string; projectId: string }> | null> {
  return database.installation(async (tx) => {
    const rows = await tx.$queryRaw<{ tenantId: string; projectId: string }[]>`
      select p.tenant_id as "tenantId", t.project_id as "projectId"
      from fleet_enrolment_token t join tenancy_project p on p.id = t.project_id where t.token_hash = ${tokenHash}`;
    return rows[0] ?? null;
  });
}
