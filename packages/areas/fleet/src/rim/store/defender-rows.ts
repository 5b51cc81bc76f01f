import { Prisma } from "@rampart/database";
import { DefenderFacts } from "../defender-facts.ts";
import { staleMs } from "../../core/lease.ts";
import type { DefenderDetail, DefenderRow, DefenderState } from "../../contract.ts";
import { Heartbeat } from "@rampart/protocol/contract";

/** The state of a Defender `d` with its lease `c` at `now`, the one place that derives it. */
export function stateSql(now: Date): Prisma.Sql {
  const staleSince = new Date(now.getTime() - staleMs);
  return Prisma.sql`case
    when d.retired_at is not null then 'retired'
    when c.lease_until > ${now} then 'connected'
    when c.lease_until > ${staleSince} then 'stale'
    else 'disconnected' end`;
}

/** Columns of `RawDefender`, from `defenderTables`. */
export function defenderColumns(now: Date): Prisma.Sql {
  return Prisma.sql`d.id, d.hostname, d.version, ${stateSql(now)} as state, d.state_since as "stateSince",
    d.enrolled_at as "enrolledAt", d.facts, d.policy_hash as "policyHash", d.policy_problem as "policyProblem",
    c.seen_at as "lastSeenAt", c.remote_address as "remoteAddress", c.beat,
    (select max(expires_at) from fleet_certificate f
      where f.project_id = d.project_id and f.defender_id = d.id and f.revoked_at is null) as "certificateExpiresAt"`;
}

export const defenderTables = Prisma.sql`fleet_defender d
  left join fleet_connection c on c.project_id = d.project_id and c.defender_id = d.id`;

export type RawDefender = Readonly<{
  id: string;
  hostname: string;
  version: string;
  state: DefenderState;
  stateSince: Date;
  enrolledAt: Date;
  facts: unknown;
  policyHash: string | null;
  policyProblem: string | null;
  lastSeenAt: Date | null;
  remoteAddress: string | null;
  beat: unknown;
  certificateExpiresAt: Date | null;
}>;

export function toDefenderRow(raw: RawDefender): DefenderRow {
  return {
    id: raw.id,
    hostname: raw.hostname,
    version: raw.version,
    state: raw.state,
    stateSince: raw.stateSince.toISOString(),
    lastSeenAt: raw.lastSeenAt?.toISOString() ?? null,
    enrolledAt: raw.enrolledAt.toISOString(),
    certificateExpiresAt: raw.certificateExpiresAt?.toISOString() ?? null,
    ...toHostPart(readFacts(raw)),
    ...toLoadPart(readBeat(raw)),
  };
}

function toHostPart(
  facts: DefenderFacts | null,
): Pick<DefenderRow, "fqdn" | "os" | "kernel" | "architecture" | "engine"> {
  if (facts === null) return { fqdn: null, os: null, kernel: null, architecture: null, engine: null };
  const { fqdn = null, os, kernel, architecture, engine } = facts;
  return { fqdn, os: os?.name ?? null, kernel, architecture, engine: engine ?? null };
}

function toLoadPart(beat: Heartbeat | null): Pick<DefenderRow, "images" | "containers" | "failingDuties"> {
  if (beat === null) return { images: 0, containers: 0, failingDuties: 0 };
  const { images, containers, duties } = beat;
  return { images, containers, failingDuties: duties.filter((duty) => duty.state === "failing").length };
}

export function toDefenderDetail(raw: RawDefender, certificates: DefenderDetail["certificates"]): DefenderDetail {
  const { cpuCount = null, memoryBytes = null, features = [] } = readFacts(raw) ?? {};
  const { memoryBytes: residentBytes = null, duties = [], spool = null } = readBeat(raw) ?? {};
  return {
    ...toDefenderRow(raw),
    cpuCount,
    memoryBytes,
    residentBytes,
    remoteAddress: raw.remoteAddress,
    features,
    duties,
    spool,
    policy: { appliedHash: raw.policyHash, problem: raw.policyProblem },
    certificates,
  };
}

/** Rows written by an older version may lack what is asked now; they read as "not known yet". */
function readFacts(raw: RawDefender): DefenderFacts | null {
  return DefenderFacts.safeParse(raw.facts).data ?? null;
}

function readBeat(raw: RawDefender): Heartbeat | null {
  return Heartbeat.safeParse(raw.beat).data ?? null;
}
