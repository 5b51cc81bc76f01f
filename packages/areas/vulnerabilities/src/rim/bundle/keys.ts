import { createHash, createPrivateKey, createPublicKey, sign, verify, type KeyObject } from "node:crypto";
import { Refusal } from "@rampart/kernel";

/** PKCS 8 envelope of an Ed25519 key (RFC 8410); the 32 bytes of the key follow. */
const privatePrefix = Buffer.from("302e020100300506032b657004220420", "hex");

export type SigningKey = Readonly<{
  fingerprint: string;
  /** The public half as PEM, for whoever is to trust it. */
  publicKey: string;
  sign(bytes: Uint8Array): string;
}>;

/** The key that 32 secret bytes stand for; the same bytes always give the same key. */
export function signingKeyFromSeed(seed: Uint8Array): SigningKey {
  return toSigningKey(createPrivateKey({ key: Buffer.concat([privatePrefix, seed]), format: "der", type: "pkcs8" }));
}

/** The key of a PEM text, as `openssl genpkey -algorithm ed25519` writes it. */
export function signingKeyFromPem(pem: string): SigningKey {
  return toSigningKey(readKey(() => createPrivateKey(pem)));
}

function toSigningKey(key: KeyObject): SigningKey {
  const publicKey = createPublicKey(key);
  return {
    fingerprint: fingerprintOf(publicKey),
    publicKey: publicKey.export({ type: "spki", format: "pem" }).toString(),
    sign: (bytes) => sign(null, bytes, key).toString("base64"),
  };
}

export type TrustedKey = Readonly<{ fingerprint: string; verify(bytes: Uint8Array, signature: string): boolean }>;

/** A public key whose signatures count. */
export function trustedKeyFromPem(pem: string): TrustedKey {
  const key = readKey(() => createPublicKey(pem));
  return {
    fingerprint: fingerprintOf(key),
    verify: (bytes, signature) => verify(null, bytes, key, Buffer.from(signature, "base64")),
  };
}

function readKey(read: () => KeyObject): KeyObject {
  let key: KeyObject;
  try {
    key = read();
  } catch {
    throw new Refusal("invalid", "vulnerabilities.bundle.key", "This is no key in PEM form.");
  }
  if (key.asymmetricKeyType === "ed25519") return key;
  throw new Refusal(
    "invalid",
    "vulnerabilities.bundle.key",
    "Bundles are signed with Ed25519; this is another kind of key.",
  );
}

function fingerprintOf(key: KeyObject): string {
  return createHash("sha256")
    .update(key.export({ type: "spki", format: "der" }))
    .digest("hex");
}
