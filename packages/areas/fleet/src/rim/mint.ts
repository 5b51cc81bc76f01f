import { randomBytes } from "node:crypto";
import { hashToken, newToken } from "@rampart/secrets";
import type { Mint } from "../ports.ts";

const serialBytes = 16;

/** A serial number as RFC 5280, section 4.1.2.2 wants it: positive, unpredictable, below 20 octets. */
export function newSerial(): string {
  const bytes = randomBytes(serialBytes);
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return bytes.toString("hex");
}

export const mint: Mint = { newToken, hashToken, newSerial };
