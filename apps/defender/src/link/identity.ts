import path from "node:path";
import { Instant, Pem } from "@rampart/protocol";
import { z } from "zod";
import { readJsonFile, writeFileDurably } from "../host/durable-file.ts";

/** Who this host is to the gateway. The key never leaves the host. */
const Identity = z.strictObject({
  defenderId: z.uuid(),
  key: z.string().startsWith("-----BEGIN PRIVATE KEY-----"),
  certificate: Pem,
  /** Issuers, nearest first; the last one is the trust anchor. */
  chain: z.array(Pem).min(1).max(4),
  expiresAt: Instant,
  renewAfter: Instant,
});
export type Identity = z.infer<typeof Identity>;

const fileName = "identity.json";

/** Null before the host is enrolled. */
export async function readIdentity(folder: string): Promise<Identity | null> {
  const parsed = Identity.safeParse(await readJsonFile(path.join(folder, fileName)));
  return parsed.success ? parsed.data : null;
}

/** Key and certificate are one file, so that a crash never leaves a key beside the certificate of another. */
export function saveIdentity(folder: string, identity: Identity): Promise<void> {
  return writeFileDurably(path.join(folder, fileName), JSON.stringify(identity), 0o600);
}

export type TlsIdentity = Readonly<{ key: string; cert: string; ca: string }>;

/** What a mutual-TLS connection needs: everything below the trust anchor is sent along. */
export function toTls({ key, certificate, chain }: Identity): TlsIdentity {
  return { key, cert: [certificate, ...chain.slice(0, -1)].join("\n"), ca: anchorOf(chain) };
}

export function anchorOf(chain: readonly string[]): string {
  return chain.at(-1) ?? "";
}
