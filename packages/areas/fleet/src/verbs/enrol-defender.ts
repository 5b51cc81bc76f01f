import { Refusal } from "@rampart/kernel";
import { enrolmentTokenState, type EnrolmentTokenState } from "../core/enrolment-token-state.ts";
import type { FleetStores, IssuingFleetCtx } from "../ports.ts";
import { issueCertificate } from "./issue-certificate.ts";

export type EnrolDefender = Readonly<{
  token: string;
  csr: string;
  hostname: string;
  defenderVersion: string;
  machineId?: string | undefined;
}>;

export type Enrolled = Readonly<{
  defenderId: string;
  certificate: string;
  chain: string[];
  expiresAt: string;
  renewAfter: string;
}>;

/** The same answer for every token that is not good, so that guessing teaches nothing. */
export function tokenRefused(state: Exclude<EnrolmentTokenState, "open"> | "unknown"): Refusal {
  const message =
    "This enrolment token is not valid: it is unknown, expired, revoked or already used. Ask for a new one.";
  return new Refusal("unauthenticated", `fleet.enrolment-token.${state === "unknown" ? "unknown" : "spent"}`, message);
}

/**
 * Turns a token and a key made on the host into a Defender with a certificate. A host that enrols again while its
 * Defender is away replaces it: same id, new certificate, the former ones revoked.
 */
export async function enrolDefender(ctx: IssuingFleetCtx, asked: EnrolDefender): Promise<Enrolled> {
  ctx.require("fleet.write");
  const hash = ctx.mint.hashToken(asked.token);
  // oxlint-disable-next-line rampart/write-verb-audits -- only reads; what is found is written and audited below
  const defenderId = await ctx.unit(async (stores) => {
    await requireOpenToken(stores.tokens, hash, ctx.clock.now());
    return (await findReplaced(stores.defenders, asked.machineId, ctx.clock.now())) ?? ctx.ids.next();
  });
  const signed = await issueCertificate(ctx, defenderId, asked.csr);
  await ctx.unit(async ({ tokens, defenders, certificates, audit }) => {
    const at = ctx.clock.now();
    const tokenId = await requireOpenToken(tokens, hash, at);
    await tokens.markUsed(tokenId, at, asked.hostname);
    const { hostname, defenderVersion: version, machineId = null } = asked;
    await defenders.enrol({ id: defenderId, hostname, machineId, version, at });
    const revoked = await certificates.revokeAll(defenderId, at);
    await certificates.insert(signed.entry);
    const after = {
      defenderId,
      tokenId,
      serial: signed.entry.serial,
      expiresAt: signed.expiresAt,
      replaced: revoked > 0,
    };
    await audit.record("fleet.defender.enrolled", { subject: hostname, after });
  });
  const { certificate, chain, expiresAt, renewAfter } = signed;
  return { defenderId, certificate, chain: [...chain], expiresAt, renewAfter };
}

async function requireOpenToken(tokens: FleetStores["tokens"], hash: string, now: Date): Promise<string> {
  const token = await tokens.findForUpdate(hash);
  if (token === null) throw tokenRefused("unknown");
  const state = enrolmentTokenState(token, now);
  if (state !== "open") throw tokenRefused(state);
  return token.id;
}

async function findReplaced(
  defenders: FleetStores["defenders"],
  machineId: string | undefined,
  now: Date,
): Promise<string | null> {
  return machineId === undefined ? null : defenders.findAway(machineId, now);
}
