import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { link, mkdir, open, readFile, unlink } from "node:fs/promises";
import { dirname } from "node:path";
import { Defect, Refusal } from "@rampart/kernel";

const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;
const version = "v1.";

/** Encrypts what the database keeps in trust: private keys, passwords of channels. AES-256-GCM, NIST SP 800-38D. */
export type Sealer = Readonly<{
  /** Returns text that can be stored; sealing twice gives different texts. */
  seal(plain: Uint8Array | string): string;
  /** Throws a Defect when the text was altered or sealed with another key. */
  open(sealed: string): Uint8Array;
}>;

export function sealerFromKey(key: Uint8Array): Sealer {
  return {
    seal(plain) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv("aes-256-gcm", key, nonce);
      const body = Buffer.concat([cipher.update(plain), cipher.final()]);
      return version + Buffer.concat([nonce, cipher.getAuthTag(), body]).toString("base64url");
    },
    open(sealed) {
      if (!sealed.startsWith(version)) throw new Defect("a sealed value has an unknown version");
      const bytes = Buffer.from(sealed.slice(version.length), "base64url");
      const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, nonceBytes));
      decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
      return Buffer.concat([decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()]);
    },
  };
}

/** The one secret of an installation, from which all others are derived or with which they are sealed. */
export type InstallationKey = Readonly<{
  sealer: Sealer;
  /** 256 bits for one purpose; the same purpose always gives the same bytes (HKDF, RFC 5869). */
  derive(purpose: string): Uint8Array;
}>;

/** Reads the installation's key from `path`; makes it (mode 0600) when the file does not exist yet. */
export async function loadInstallationKey(path: string): Promise<InstallationKey> {
  await mkdir(dirname(path), { recursive: true });
  await makeKeyFile(path);
  const key = Buffer.from(await readFile(path, "utf8"), "base64");
  if (key.length !== keyBytes) {
    const message = `${path} does not hold a key of ${keyBytes} bytes; restore it from your backup.`;
    throw new Refusal("precondition", "secrets.key.damaged", message);
  }
  return {
    sealer: sealerFromKey(key),
    derive: (purpose) => new Uint8Array(hkdfSync("sha256", key, "", purpose, keyBytes)),
  };
}

/** Writes beside and links into place: of two processes that start at once, one key wins and is complete. */
async function makeKeyFile(path: string): Promise<void> {
  const draft = `${path}.${process.pid}.new`;
  const file = await open(draft, "w", 0o600);
  await file.writeFile(randomBytes(keyBytes).toString("base64"));
  await file.sync();
  await file.close();
  try {
    await link(draft, path);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  } finally {
    await unlink(draft);
  }
}
