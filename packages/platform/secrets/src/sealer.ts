import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { mkdir, open, readFile } from "node:fs/promises";
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

/** Reads the installation's key from `path`; makes it (mode 0600) when the file does not exist yet. */
export async function loadSealer(path: string): Promise<Sealer> {
  await mkdir(dirname(path), { recursive: true });
  try {
    const file = await open(path, "wx", 0o600);
    await file.writeFile(randomBytes(keyBytes).toString("base64"));
    await file.sync();
    await file.close();
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
  const key = Buffer.from(await readFile(path, "utf8"), "base64");
  if (key.length !== keyBytes) {
    throw new Refusal("precondition", "secrets.key.damaged", `${path} does not hold a key of ${keyBytes} bytes; restore it from your backup.`);
  }
  return sealerFromKey(key);
}
