import { countHolders, listHeldPackages } from "@rampart/inventory";
import type { AdvisoriesChanged, ResourceRef } from "../contract.ts";
import { inventoriedAs } from "../core/ecosystem-key.ts";
import { keyText, packageKeyOf, type PackageKey } from "../core/package-key.ts";
import { refOf } from "../core/resource-ref.ts";
import { touchedFlaws } from "../core/touched-flaws.ts";
import type { KnowledgeChanges, MatchingCtx, OpenRound, VulnerabilityUnit } from "../ports.ts";
import { matchHeld } from "./match-held.ts";

/** More changed packages or CVEs than this, and the whole project is compared. Half of what one look-up may name. */
const changesMax = 2_500;
/** Resources looked at in one stretch: those without a changed package cost next to nothing. */
const stretchHolders = { part: 2_000, whole: 250 } as const;
/** One job compares about this many resources, a few seconds of work; then other projects have their turn. */
const turnResources = { part: 8_000, whole: 500 } as const;
/** Longest walk of one job through resources that hold nothing of what changed. */
const turnStretches = 25;

/**
 * Compares again whatever has a package about which the advisories now say something else. No Defender takes part:
 * the stored inventory is enough. A round walks once through the project in stretches, remembers its position with each,
 * and is complete when it reaches the end; any number of workers may be told to go on with it, at any moment.
 */
export async function rematch(ctx: MatchingCtx, asked: AdvisoriesChanged): Promise<void> {
  ctx.require("vulnerabilities.write");
  let round = await findRound(ctx, asked.revision);
  const changed = round === null || round.whole ? null : await readChanged(ctx, round);
  const extent = changed === null ? "whole" : "part";
  const read = (after: number) => {
    const stretch = listHeldPackages(ctx.inventory, {
      names: changed?.names ?? null,
      after,
      holders: stretchHolders[extent],
    });
    stretch.catch(() => undefined); // told where it is awaited, if it still is
    return stretch;
  };
  let reading = round === null ? null : read(round.position);
  for (let stretches = 1, compared = 0; round !== null && reading !== null; stretches += 1) {
    const { resources, ...stretch } = await reading;
    compared += resources.length;
    const isTurnOver = stretches >= turnStretches || compared >= turnResources[extent];
    // While this stretch is compared, the next one is read.
    reading = stretch.next === null || isTurnOver ? null : read(stretch.next);
    const failed = await matchHeld(ctx, resources, changed ?? "whole");
    round = await goOn(ctx, round, { ...stretch, compared: resources.length, failed, isTurnOver });
  }
}

/** The open round, or a new one up to the newest advisories; null when the project knows the revision. */
async function findRound(ctx: MatchingCtx, revision: number): Promise<OpenRound | null> {
  ctx.require("vulnerabilities.write");
  const resources = await countHolders(ctx.inventory);
  // oxlint-disable-next-line rampart/write-verb-audits -- a comparison is no act of administration
  return ctx.unit(async (unit) => {
    await unit.rounds.lock();
    const open = await unit.rounds.findOpen();
    const since = await unit.progress.get();
    if (open !== null || since >= revision) return open;
    const round = { since, revision: await unit.knowledge.revision(), position: 0 };
    const whole = (await listChanged(unit, round)) === null;
    await unit.rounds.open({ ...round, whole }, resources, ctx.clock.now());
    return { ...round, whole };
  });
}

/** Packages, as inventories name them, and what has to be looked at on them; null flaws stand for all. */
type Changed = Readonly<{ names: readonly PackageKey[]; flaws: ReadonlySet<string> | null }>;

/** Null when there are too many to look for, or when nobody remembers them any more. */
async function readChanged(ctx: MatchingCtx, round: OpenRound): Promise<Changed | null> {
  ctx.require("vulnerabilities.read");
  return ctx.read(async (stores) => {
    const changed = await listChanged(stores, round);
    if (changed === null) return null;
    const known = await stores.knowledge.lookUp(changed);
    const touched = changed.map((one) => one.flaws && touchedFlaws(known.get(keyText(one)) ?? [], one.flaws));
    const flaws = touched.includes(null) ? null : new Set(touched.flatMap((some) => [...(some ?? [])]));
    return { names: changed.flatMap(heldAs), flaws };
  });
}

async function listChanged(
  { knowledge, findings }: Pick<VulnerabilityUnit, "knowledge" | "findings">,
  { since, revision }: Pick<OpenRound, "since" | "revision">,
): Promise<KnowledgeChanges["packages"] | null> {
  const changes = await knowledge.listChanges(since, revision);
  if (changes === null || changes.packages.length > changesMax || changes.cves.length > changesMax) return null;
  const found = await findings.listPackagesWithCves(changes.cves, changesMax + 1);
  const regraded = found.map(({ ecosystem, name }) => ({ ...packageKeyOf(ecosystem, name), flaws: changes.cves }));
  const byKey = Map.groupBy([...changes.packages, ...regraded], keyText);
  const changed = [...byKey.values()].flatMap(merged);
  return changed.flatMap(heldAs).length > 2 * changesMax ? null : changed;
}

function merged(changes: KnowledgeChanges["packages"]): KnowledgeChanges["packages"] {
  const [first] = changes;
  const isAny = changes.some(({ flaws }) => flaws === null);
  return first === undefined ? [] : [{ ...first, flaws: isAny ? null : changes.flatMap(({ flaws }) => flaws ?? []) }];
}

function heldAs({ ecosystem, name }: PackageKey): readonly PackageKey[] {
  return inventoriedAs(ecosystem).map((one) => ({ ecosystem: one, name }));
}

type Stretch = Readonly<{
  next: number | null;
  holders: number;
  compared: number;
  failed: readonly ResourceRef[];
  isTurnOver: boolean;
}>;

/** Notes the stretch. Returns the round as long as it is this job's turn. */
async function goOn(ctx: MatchingCtx, round: OpenRound, { failed, isTurnOver, ...stretch }: Stretch) {
  ctx.require("vulnerabilities.write");
  const at = ctx.clock.now();
  // oxlint-disable-next-line rampart/write-verb-audits -- a comparison is no act of administration
  return ctx.unit(async ({ rounds, progress, knowledge, facts }): Promise<OpenRound | null> => {
    await rounds.lock();
    const isMine = await rounds.advance(round, { ...stretch, failed: failed.length }, at);
    if (!isMine) return null; // a worker that was thought dead is alive, and further than this one
    const retried = failed.map(refOf);
    await facts.append(...retried.map((payload) => ({ type: "vulnerabilities.match-failed", payload })));
    if (stretch.next === null) await progress.save(round.revision, at);
    const newest = await knowledge.revision();
    const isBehind = stretch.next !== null || newest > round.revision;
    const ends = stretch.next === null || isTurnOver;
    if (ends && isBehind)
      await facts.append({ type: "vulnerabilities.advisories-changed", payload: { revision: newest } });
    return ends || stretch.next === null ? null : { ...round, position: stretch.next };
  });
}
