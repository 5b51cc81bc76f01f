// A PKCS #10 certificate request (RFC 2986) with an empty subject, since the gateway names the Defender:
//
//   SEQUENCE { SEQUENCE { 0, SEQUENCE {}, SubjectPublicKeyInfo, [0] {} }, ecdsa-with-SHA256, BIT STRING }
//
// Written by hand because it is five values, and a library for it would stay in memory for the life of the agent.
import { generateKeyPair, sign } from "node:crypto";
import { promisify } from "node:util";

export type KeyWithRequest = Readonly<{ key: string; csr: string }>;

const tags = { integer: 0x02, bitString: 0x03, sequence: 0x30, attributes: 0xa0 } as const;
/** OBJECT IDENTIFIER 1.2.840.10045.4.3.2, ecdsa-with-SHA256 (RFC 5758). */
const ecdsaWithSha256 = Buffer.from("06082a8648ce3d040302", "hex");
const shortLengthMax = 127;

/** Makes a fresh P-256 key and the request for its certificate. */
export async function makeKeyAndRequest(): Promise<KeyWithRequest> {
  const { publicKey, privateKey } = await promisify(generateKeyPair)("ec", { namedCurve: "P-256" });
  const version = der(tags.integer, Buffer.of(0));
  const subject = der(tags.sequence);
  const info = der(
    tags.sequence,
    version,
    subject,
    publicKey.export({ type: "spki", format: "der" }),
    der(tags.attributes),
  );
  const signature = der(tags.bitString, Buffer.of(0), sign("sha256", info, privateKey));
  const request = der(tags.sequence, info, der(tags.sequence, ecdsaWithSha256), signature);
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    csr: toPem("CERTIFICATE REQUEST", request),
  };
}

function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.of(tag), derLength(content.length), content]);
}

/** Short form up to 127, else one byte that says how many bytes of length follow. */
function derLength(length: number): Buffer {
  if (length <= shortLengthMax) return Buffer.of(length);
  const bytes = Buffer.of(length >> 8, length & 0xff);
  return bytes[0] === 0 ? Buffer.of(0x81, length) : Buffer.concat([Buffer.of(0x82), bytes]);
}

function toPem(label: string, bytes: Buffer): string {
  const lines = bytes.toString("base64").replaceAll(/.{1,64}/g, "$&\n");
  return `-----BEGIN ${label}-----\n${lines}-----END ${label}-----\n`;
}
