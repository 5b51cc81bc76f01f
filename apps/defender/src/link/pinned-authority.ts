import { createHash, X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import { connect, type DetailedPeerCertificate } from "node:tls";
import { Outage, Refusal } from "@rampart/kernel";

const connectTimeoutMs = 10_000;
const chainMax = 8;

/** The pin of a certificate: SHA-256 of its public key, as it travels with an enrolment token. */
export function pinOf(certificate: X509Certificate): string {
  const spki = certificate.publicKey.export({ type: "spki", format: "der" });
  return `sha256:${createHash("sha256").update(spki).digest("base64url")}`;
}

/**
 * Fetches the CA that the pin names from the gateway itself. Nothing is sent on this connection, so it need not be
 * trusted; whoever answers with another CA is found out by the pin.
 */
export async function fetchPinnedAuthority(gatewayUrl: string, pin: string): Promise<string> {
  const chain = await fetchChain(new URL(gatewayUrl));
  const authority = chain.find((certificate) => pinOf(certificate) === pin);
  if (authority !== undefined) return authority.toString();
  throw new Refusal(
    "unauthenticated",
    "defender.gateway.unknown",
    `Whoever answers at ${gatewayUrl} is not the installation that the pin names. Check the address and copy the command from the Console again.`,
  );
}

function fetchChain({ hostname, port }: URL): Promise<X509Certificate[]> {
  const host = hostname.replace(/^\[(.*)\]$/, "$1");
  return new Promise((resolve, reject) => {
    const socket = connect({
      host,
      port: Number(port === "" ? 443 : port),
      ...(isIP(host) === 0 && { servername: host }),
      // The answer is compared with the pin below, and nothing is sent.
      rejectUnauthorized: false,
    });
    socket.setTimeout(connectTimeoutMs, () => socket.destroy(new Error(`no answer within ${connectTimeoutMs} ms`)));
    socket.once("error", (cause) => reject(new Outage("the gateway", cause)));
    socket.once("secureConnect", () => {
      resolve(chainOf(socket.getPeerCertificate(true)));
      socket.destroy();
    });
  });
}

function chainOf(peer: DetailedPeerCertificate): X509Certificate[] {
  const chain: X509Certificate[] = [];
  for (let next: DetailedPeerCertificate | undefined = peer; next?.raw !== undefined && chain.length < chainMax;) {
    chain.push(new X509Certificate(next.raw));
    // A root is its own issuer.
    next = next.issuerCertificate === next ? undefined : next.issuerCertificate;
  }
  return chain;
}
