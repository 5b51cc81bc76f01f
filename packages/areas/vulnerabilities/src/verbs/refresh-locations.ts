import { Outage, Refusal } from "@rampart/kernel";
import type { FeedOutcome } from "../contract.ts";
import { nextAttempt } from "../core/next-attempt.ts";
import type { IntelligenceCtx, StoredLocation } from "../ports.ts";
import { importChanged } from "./import-advisories.ts";

/** Locations that one round looks at; more come in the next one. */
const roundMax = 10;

export type RefreshOutcome = Readonly<{ location: string; problem: string | null; files: readonly FeedOutcome[] }>;

/**
 * Looks at every location whose time has come and notes what came of it. A location that fails is tried again within an
 * hour and holds up no other.
 */
export async function refreshLocations(ctx: IntelligenceCtx): Promise<readonly RefreshOutcome[]> {
  ctx.require("operations.write");
  const due = await ctx.unit(({ locations }) => locations.listDue(ctx.clock.now(), roundMax));
  const outcomes: RefreshOutcome[] = [];
  for (const location of due) {
    if (await claim(ctx, location)) outcomes.push(await refresh(ctx, location));
  }
  return outcomes;
}

async function claim(ctx: IntelligenceCtx, { location, nextAttemptAt }: StoredLocation): Promise<boolean> {
  ctx.require("operations.write");
  const nextAt = nextAttempt(ctx.clock.now(), 1, false);
  // oxlint-disable-next-line rampart/write-verb-audits -- the schedule runs as it was set
  return ctx.unit(({ locations }) => locations.claim(location, nextAttemptAt, nextAt));
}

async function refresh(ctx: IntelligenceCtx, stored: StoredLocation): Promise<RefreshOutcome> {
  ctx.require("operations.write");
  const { location, everyHours } = stored;
  const { files, validators, startOver, problem } = await attempt(ctx, stored);
  const refused = files.filter(({ outcome }) => outcome === "refused").length;
  const isGood = problem === null && refused === 0;
  const at = ctx.clock.now();
  const noted = {
    at,
    nextAt: nextAttempt(at, everyHours, isGood),
    outcome: problem === null ? outcomeOf(files) : ("failed" as const),
    problem: problem ?? (refused > 0 ? `${refused} of ${files.length} feeds were refused` : null),
    // What was refused has to be fetched again.
    ...((isGood || startOver) && validators !== undefined && { validators }),
  };
  // oxlint-disable-next-line rampart/write-verb-audits -- what came into force was recorded feed by feed
  await ctx.unit(({ locations }) => locations.note(location, noted));
  return { location, problem: noted.problem, files };
}

function outcomeOf(files: readonly FeedOutcome[]): "imported" | "unchanged" | "partial" {
  if (files.some(({ outcome }) => outcome === "refused")) return "partial";
  return files.some(({ outcome }) => outcome === "imported") ? "imported" : "unchanged";
}

type Attempted = Readonly<{
  files: readonly FeedOutcome[];
  validators?: StoredLocation["validators"];
  startOver: boolean;
  problem: string | null;
}>;

async function attempt(ctx: IntelligenceCtx, { location, validators }: StoredLocation): Promise<Attempted> {
  ctx.require("operations.write");
  try {
    const access = await ctx.unit(({ locations }) => locations.readAccess(location));
    return { ...(await importChanged(ctx, { location, force: false }, { known: validators, access })), problem: null };
  } catch (error) {
    // A location that is wrong or away is an outcome to show; anything else is a fault of ours.
    if (error instanceof Refusal || error instanceof Outage)
      return { files: [], startOver: false, problem: error.message };
    throw error;
  }
}
