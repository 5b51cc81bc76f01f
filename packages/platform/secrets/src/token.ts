import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

const tokenBytes = 32;

/** A fresh secret of 256 bits that can stand in a URL or a shell command. */
export function newToken(): string {
  return randomBytes(tokenBytes).toString("base64url");
}

/** SHA-256 in hexadecimal: enough for random tokens of 256 bits, never for passwords. */
export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

/** Compares two texts in a time that does not tell where they differ. */
export function sameText(left: string, right: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}
