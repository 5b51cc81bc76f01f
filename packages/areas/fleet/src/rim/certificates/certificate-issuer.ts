import type { Sealer } from "@rampart/secrets";
import { lifetimeDays, certificateTerm } from "../../core/certificate-term.ts";
import type { CertificateIssuer, CertificateOrder } from "../../ports.ts";
import { newSerial } from "../mint.ts";
import {
  authorityExtensions,
  endExtensions,
  fingerprintOf,
  newKeyPair,
  openKey,
  sealKey,
  sign,
  toPem,
  x509,
} from "./x509.ts";

/** The installation's CA as it lies in the database: the key is sealed. */
export type InstallationAuthority = Readonly<{ certificate: string; sealedKey: string }>;

/** Signs for projects and their Defenders. Keys are opened for one signature and not kept. */
export function certificateIssuer(sealer: Sealer, installation: InstallationAuthority): CertificateIssuer {
  return {
    installationCertificate: installation.certificate,
    async newAuthority({ id, projectId, term }) {
      const keys = await newKeyPair();
      const certificate = await sign({
        serial: newSerial(),
        subject: `CN=Rampart project ${projectId}`,
        term,
        publicKey: keys.publicKey,
        issuer: { certificate: installation.certificate, key: await openKey(sealer, installation.sealedKey) },
        extensions: authorityExtensions(0),
      });
      return { id, certificate, sealedKey: await sealKey(sealer, keys.privateKey), expiresAt: term.notAfter };
    },
    issue: (order) => issueDefenderCertificate(sealer, order),
  };
}

async function issueDefenderCertificate(
  sealer: Sealer,
  { authority, csr, defenderId, serial, term }: CertificateOrder,
): ReturnType<CertificateIssuer["issue"]> {
  const request = readRequest(csr);
  if (request === null || !(await request.verify().catch(() => false))) return { outcome: "csr-unreadable" };
  const { algorithm } = request.publicKey;
  if (!("namedCurve" in algorithm) || algorithm.namedCurve !== "P-256") return { outcome: "key-unsupported" };
  const certificate = await sign({
    serial,
    subject: `CN=${defenderId}`,
    term,
    publicKey: request.publicKey,
    issuer: { certificate: authority.certificate, key: await openKey(sealer, authority.sealedKey) },
    extensions: endExtensions("clientAuth"),
  });
  const der = new Uint8Array(new x509.X509Certificate(certificate).rawData);
  return { outcome: "issued", certificate, fingerprint: fingerprintOf(der) };
}

function readRequest(csr: string): x509.Pkcs10CertificateRequest | null {
  try {
    return new x509.Pkcs10CertificateRequest(csr);
  } catch {
    return null;
  }
}

/** Makes the installation's CA. */
export async function newInstallationAuthority(sealer: Sealer, now: Date): Promise<InstallationAuthority> {
  const keys = await newKeyPair();
  const certificate = await sign({
    serial: newSerial(),
    subject: "CN=Rampart installation",
    term: certificateTerm(now, lifetimeDays.installation),
    publicKey: keys.publicKey,
    issuer: { certificate: null, key: keys.privateKey },
    extensions: authorityExtensions(1),
  });
  return { certificate, sealedKey: await sealKey(sealer, keys.privateKey) };
}

export type ServerCertificate = Readonly<{ key: string; chain: string; expiresAt: Date }>;

const ipAddress = /^(\d{1,3}(\.\d{1,3}){3}|[0-9a-fA-F:]*:[0-9a-fA-F:]*)$/;

/** A fresh key and certificate for a gateway under all of its names; it lives in memory only. */
export async function issueServerCertificate(
  sealer: Sealer,
  installation: InstallationAuthority,
  { names, now }: Readonly<{ names: readonly string[]; now: Date }>,
): Promise<ServerCertificate> {
  const keys = await newKeyPair();
  const term = certificateTerm(now, lifetimeDays.gateway);
  const alternative = names.map((name) => ({
    type: ipAddress.test(name) ? ("ip" as const) : ("dns" as const),
    value: name,
  }));
  const certificate = await sign({
    serial: newSerial(),
    subject: "CN=Rampart gateway",
    term,
    publicKey: keys.publicKey,
    issuer: { certificate: installation.certificate, key: await openKey(sealer, installation.sealedKey) },
    extensions: [...endExtensions("serverAuth"), new x509.SubjectAlternativeNameExtension(alternative)],
  });
  return {
    key: await toPem(keys.privateKey),
    chain: `${certificate}${installation.certificate}`,
    expiresAt: term.notAfter,
  };
}
