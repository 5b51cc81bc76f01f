import { X509Certificate } from "node:crypto";
import { Refusal } from "@rampart/kernel";

const block = /-----BEGIN CERTIFICATE-----[\sA-Za-z0-9+/=]+-----END CERTIFICATE-----/g;
/** Far above the chains that authorities hand out. */
const certificatesMax = 50;

/** Refuses a PEM text that holds no certificate, or something else: TLS would pass over it without a word. */
export function checkCertificates(pem: string): void {
  const blocks = pem.match(block) ?? [];
  if (pem.includes("PRIVATE KEY-----")) throw refused("it holds a private key, which nobody but its owner should have");
  if (blocks.length === 0 || blocks.length > certificatesMax)
    throw refused('it must hold one to 50 parts that begin with "-----BEGIN CERTIFICATE-----"');
  for (const [at, text] of blocks.entries()) if (!isCertificate(text)) throw refused(`part ${at + 1} is damaged`);
}

function isCertificate(text: string): boolean {
  try {
    return new X509Certificate(text).raw.length > 0;
  } catch {
    return false;
  }
}

function refused(reason: string): Refusal {
  return new Refusal(
    "invalid",
    "vulnerabilities.feed-location.certificate",
    `This is no certificate of an authority in PEM form: ${reason}.`,
  );
}
