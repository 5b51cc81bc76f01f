import path from "node:path";
import { DefenderPolicy, readPolicySnapshot, type PolicySnapshot } from "@rampart/protocol";
import { z } from "zod";
import { readJsonFile, writeFileDurably } from "../host/durable-file.ts";

export type KeptPolicy = Readonly<{ hash: string | null; policy: DefenderPolicy }>;

const fileName = "policy.json";
const Stored = z.strictObject({ hash: z.string(), body: z.string() });

/** The policy in force when the Defender last ran; the defaults when there is none. */
export async function readKeptPolicy(folder: string): Promise<KeptPolicy> {
  const stored = Stored.safeParse(await readJsonFile(path.join(folder, fileName)));
  const read = stored.success ? readPolicySnapshot({ type: "policy.snapshot", ...stored.data }) : null;
  if (read?.ok !== true || !stored.success) return { hash: null, policy: DefenderPolicy.parse({}) };
  return { hash: stored.data.hash, policy: read.frame };
}

/** Keeps a policy for the next start, when the gateway may be away. */
export function keepPolicy(folder: string, { hash, body }: PolicySnapshot): Promise<void> {
  return writeFileDurably(path.join(folder, fileName), JSON.stringify({ hash, body }));
}
