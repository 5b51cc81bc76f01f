// The library asks for this polyfill before it is loaded, so both imports live here and in this order.
import "reflect-metadata";
import * as x509 from "@peculiar/x509";
import { createHash } from "node:crypto";
import type { Sealer } from "@rampart/secrets";
import type { Term } from "../../core/certificate-term.ts";

export { x509 };

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;

/** A private key that is about to be used: never stored in this form. */
export type KeyPair = Readonly<{ publicKey: CryptoKey; privateKey: CryptoKey }>;

export async function newKeyPair(): Promise<KeyPair> {
  return crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
}

export async function sealKey(sealer: Sealer, key: CryptoKey): Promise<string> {
  return sealer.seal(new Uint8Array(await crypto.subtle.exportKey("pkcs8", key)));
}

export async function openKey(sealer: Sealer, sealed: string): Promise<CryptoKey> {
  return crypto.subtle.importKey("pkcs8", new Uint8Array(sealer.open(sealed)), algorithm, false, ["sign"]);
}

export async function toPem(key: CryptoKey): Promise<string> {
  const der = Buffer.from(await crypto.subtle.exportKey("pkcs8", key));
  return `-----BEGIN PRIVATE KEY-----\n${der.toString("base64").replaceAll(/.{1,64}/g, "$&\n")}-----END PRIVATE KEY-----\n`;
}

/** SHA-256 over the whole certificate, in hexadecimal: how the register knows it. */
export function fingerprintOf(der: Uint8Array): string {
  return createHash("sha256").update(der).digest("hex");
}

/** See `Pin` of the protocol. */
export function pinOf(certificatePem: string): string {
  const spki = new x509.X509Certificate(certificatePem).publicKey.rawData;
  return `sha256:${createHash("sha256").update(new Uint8Array(spki)).digest("base64url")}`;
}

export type CertificateDraft = Readonly<{
  serial: string;
  subject: string;
  term: Term;
  publicKey: x509.PublicKeyType;
  issuer: Readonly<{ certificate: string | null; key: CryptoKey }>;
  extensions: readonly x509.Extension[];
}>;

/** Signs a certificate; without an issuer's certificate it is its own issuer. */
export async function sign({
  serial,
  subject,
  term,
  publicKey,
  issuer,
  extensions,
}: CertificateDraft): Promise<string> {
  const issuerCertificate = issuer.certificate === null ? null : new x509.X509Certificate(issuer.certificate);
  const authorityKey = issuerCertificate?.publicKey ?? publicKey;
  const signed = await x509.X509CertificateGenerator.create({
    serialNumber: serial,
    subject,
    issuer: issuerCertificate?.subject ?? subject,
    notBefore: term.notBefore,
    notAfter: term.notAfter,
    signingAlgorithm: algorithm,
    publicKey,
    signingKey: issuer.key,
    extensions: [
      ...extensions,
      await x509.SubjectKeyIdentifierExtension.create(publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(authorityKey),
    ],
  });
  return `${signed.toString("pem")}\n`;
}

/** Extensions of a CA that may sign `below` further levels of CAs. */
export function authorityExtensions(below: number): x509.Extension[] {
  return [
    new x509.BasicConstraintsExtension(true, below, true),
    new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
  ];
}

/** Extensions of a certificate that proves who is at one end of a connection. */
export function endExtensions(usage: "serverAuth" | "clientAuth"): x509.Extension[] {
  return [
    new x509.BasicConstraintsExtension(false, undefined, true),
    new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
    new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage[usage]], false),
  ];
}
