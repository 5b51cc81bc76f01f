import type { Tx } from "@rampart/database";
import { FeedLocationStatus, feedLocationsMax, Validators } from "../../contract.ts";
import type { LocationStore, StoredLocation } from "../../ports.ts";
import { toInstantOrNull } from "./sql.ts";

type Row = {
  location: string;
  everyHours: number;
  isEnabled: boolean;
  validators: unknown;
  attemptedAt: Date | null;
  succeededAt: Date | null;
  outcome: string | null;
  problem: string | null;
  nextAttemptAt: Date;
};

export function locationStore(tx: Tx): LocationStore {
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
    async save({ location, everyHours, isEnabled }, at) {
      const row = { everyHours, isEnabled, nextAttemptAt: at };
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

function toLocation(row: Row): StoredLocation {
  return {
    location: row.location,
    everyHours: row.everyHours,
    isEnabled: row.isEnabled,
    attemptedAt: toInstantOrNull(row.attemptedAt),
    succeededAt: toInstantOrNull(row.succeededAt),
    outcome: FeedLocationStatus.shape.outcome.parse(row.outcome),
    problem: row.problem,
    nextAttemptAt: row.nextAttemptAt.toISOString(),
    validators: Validators.parse(row.validators),
  };
}
