import { createHash } from "node:crypto";
import { type Decoded, decodeJson } from "./decoded.ts";
import type { PolicySnapshot } from "./frames/gateway.ts";
import { DefenderPolicy } from "./frames/policy.ts";

export function hashOfPolicy(body: string): string {
  return `sha256:${createHash("sha256").update(body, "utf8").digest("hex")}`;
}

export function toPolicySnapshot(policy: DefenderPolicy): PolicySnapshot {
  const body = JSON.stringify(policy);
  return { type: "policy.snapshot", hash: hashOfPolicy(body), body };
}

/** Checks the hash and reads the policy; a snapshot that was damaged on the way is not applied. */
export function readPolicySnapshot(snapshot: PolicySnapshot): Decoded<DefenderPolicy> {
  if (hashOfPolicy(snapshot.body) !== snapshot.hash) return { ok: false, reason: "the hash does not match the body" };
  return decodeJson(DefenderPolicy, snapshot.body);
}
