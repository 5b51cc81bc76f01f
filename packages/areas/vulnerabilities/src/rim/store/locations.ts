import type { Prisma, Tx } from "@rampart/database";
import { Refusal } from "@rampart/kernel";
import type { Sealer } from "@rampart/secrets";
import {
  FeedCredential,
  FeedLocationStatus,
  feedLocationsMax,
  type SaveFeedLocation,
  Validators,
} from "../../contract.ts";
import type { LocationStore, StoredLocation } from "../../ports.ts";
import { toInstantOrNull } from "./sql.ts";

type Row = Prisma.VulnerabilitiesFeedLocationGetPayload<object>;

export function locationStore(tx: Tx, sealer: Sealer | null): LocationStore {
  return {
    async list() {
      const rows = await tx.vulnerabilitiesFeedLocation.findMany({
        orderBy: { location: "asc" },
        take: feedLocationsMax,
      });
      return rows.map(toLocation);
    },
    async listDue(at, limit) {
      const where = { isEnabled: true, nextAttemptAt: { lte: at } };
      const rows = await tx.vulnerabilitiesFeedLocation.findMany({
        where,
        orderBy: { nextAttemptAt: "asc" },
        take: limit,
      });
      return rows.map(toLocation);
    },
    async readAccess(location) {
      const row = await tx.vulnerabilitiesFeedLocation.findUnique({ where: { location } });
      return { credential: openCredential(sealer, row?.sealedCredential), caCertificate: row?.caCertificate ?? null };
    },
    async save(asked, at) {
      const { location, everyHours, isEnabled } = asked;
      const row = { everyHours, isEnabled, nextAttemptAt: at, ...accessColumns(asked, sealer) };
      await tx.vulnerabilitiesFeedLocation.upsert({ where: { location }, create: { location, ...row }, update: row });
    },
    async ensure({ location, everyHours, isEnabled }, at) {
      const row = { location, everyHours, isEnabled, nextAttemptAt: at };
      await tx.vulnerabilitiesFeedLocation.createMany({ data: [row], skipDuplicates: true });
    },
    async remove(location) {
      const { count } = await tx.vulnerabilitiesFeedLocation.deleteMany({ where: { location } });
      return count > 0;
    },
    async claim(location, due, nextAt) {
      const where = { location, nextAttemptAt: new Date(due) };
      const { count } = await tx.vulnerabilitiesFeedLocation.updateMany({ where, data: { nextAttemptAt: nextAt } });
      return count > 0;
    },
    async note(location, { at, nextAt, outcome, problem, validators }) {
      const isGood = outcome === "imported" || outcome === "unchanged";
      await tx.vulnerabilitiesFeedLocation.updateMany({
        where: { location },
        data: {
          attemptedAt: at,
          nextAttemptAt: nextAt,
          outcome,
          problem,
          ...(isGood && { succeededAt: at }),
          ...(validators !== undefined && { validators }),
        },
      });
    },
  };
}

/** What is not given stays as it is. */
function accessColumns({ credential, caCertificate }: SaveFeedLocation, sealer: Sealer | null) {
  return {
    ...(credential !== undefined && {
      sealedCredential: credential === null ? null : withKey(sealer).seal(JSON.stringify(credential)),
      credentialKind: credential?.kind ?? null,
    }),
    ...(caCertificate !== undefined && { caCertificate }),
  };
}

function openCredential(sealer: Sealer | null, sealed: string | null | undefined): FeedCredential | null {
  if (sealed === null || sealed === undefined) return null;
  return FeedCredential.parse(JSON.parse(new TextDecoder().decode(withKey(sealer).open(sealed))));
}

function withKey(sealer: Sealer | null): Sealer {
  if (sealer !== null) return sealer;
  throw new Refusal(
    "precondition",
    "vulnerabilities.feed-location.key",
    "This process has no installation key and cannot use credentials; start it with RAMPART_KEY_FILE.",
  );
}

function toLocation(row: Row): StoredLocation {
  return {
    location: row.location,
    everyHours: row.everyHours,
    isEnabled: row.isEnabled,
    credential: FeedLocationStatus.shape.credential.parse(row.credentialKind),
    hasOwnAuthority: row.caCertificate !== null,
    attemptedAt: toInstantOrNull(row.attemptedAt),
    succeededAt: toInstantOrNull(row.succeededAt),
    outcome: FeedLocationStatus.shape.outcome.parse(row.outcome),
    problem: row.problem,
    nextAttemptAt: row.nextAttemptAt.toISOString(),
    validators: Validators.parse(row.validators),
  };
}
