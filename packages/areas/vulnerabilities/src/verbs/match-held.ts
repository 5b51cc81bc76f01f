import type { HeldPackages } from "@rampart/inventory";
import { Outage } from "@rampart/kernel";
import type { ResourceRef } from "../contract.ts";
import { withAllowed } from "../core/allow-cves.ts";
import { findRule } from "../core/decide-resource.ts";
import { resourceKey } from "../core/resource-ref.ts";
import { shownAs } from "../core/part-of-resource.ts";
import type { LastComparison, MatchingCtx, VulnerabilityUnit } from "../ports.ts";
import { comparePackages, type Compared } from "./compare-packages.ts";
import { markUse } from "./mark-use.ts";
import { matchResource } from "./match-resource.ts";
import { subjectOf, type Comparison } from "./plan-comparisons.ts";
import { settleFindings } from "./settle-findings.ts";

/** Resources settled in one transaction: long enough to be cheap, short enough for a scan that waits for the same rows. */
const unitResources = 250;
/** Transactions of one job at once: while the server writes some, the next is compared. */
const unitsAtOnce = 3;

type Held = HeldPackages["resources"][number];
type Fresh = Compared<Held>["resources"][number];

/** Whether everything that the resources hold is compared, or only some packages, be it for some flaws alone. */
export type Extent = "whole" | Readonly<{ flaws: ReadonlySet<string> | null }>;

/**
 * Compares held packages of many resources that were compared before, in few statements. A resource about which
 * anything else has changed meanwhile is compared alone and as a whole. Returns those that could not be compared.
 */
export async function matchHeld(
  ctx: MatchingCtx,
  resources: readonly Held[],
  extent: Extent,
): Promise<readonly ResourceRef[]> {
  ctx.require("vulnerabilities.write");
  const failed: ResourceRef[] = [];
  const waiting = batchesOf(resources).values();
  const takeBatches = async () => {
    for (const batch of waiting) {
      for (const resource of await matchBatch(ctx, batch, extent)) {
        if (!(await matchAlone(ctx, resource))) failed.push(resource);
      }
    }
  };
  await Promise.all(Array.from({ length: unitsAtOnce }, takeBatches));
  return failed;
}

function batchesOf(resources: readonly Held[]): readonly (readonly Held[])[] {
  const count = Math.ceil(resources.length / unitResources);
  return Array.from({ length: count }, (_, at) => resources.slice(at * unitResources, (at + 1) * unitResources));
}

/** Returns those that have to be compared alone; all of them when something is wrong with the batch. */
async function matchBatch(ctx: MatchingCtx, batch: readonly Held[], extent: Extent): Promise<readonly ResourceRef[]> {
  ctx.require("vulnerabilities.write");
  try {
    const { revision, resources } = await comparePackages(ctx, batch, extent === "whole" ? null : extent.flaws);
    const matches = resources.flatMap(({ found }) => found.map(({ match }) => match));
    // oxlint-disable-next-line rampart/write-verb-audits -- a comparison is no act of administration
    await ctx.unit(({ findings }) => findings.addMatches(matches, revision));
    // oxlint-disable-next-line rampart/write-verb-audits -- a comparison is no act of administration
    const moved = await ctx.unit(async (unit) => {
      const parted = await partByState(unit, resources, { revision, extent });
      await settleFindings(ctx, unit, { comparisons: parted.fresh, revision });
      return parted.moved;
    });
    await markUse(ctx, batch, "new");
    return moved;
  } catch (error) {
    if (error instanceof Outage) throw error;
    return batch;
  }
}

/** False when the resource cannot be compared for a reason of its own. */
async function matchAlone(ctx: MatchingCtx, { resourceKind, resourceId }: ResourceRef): Promise<boolean> {
  ctx.require("vulnerabilities.write");
  try {
    await matchResource(ctx, { resourceKind, resourceId });
    return true;
  } catch (error) {
    if (error instanceof Outage) throw error;
    return false;
  }
}

type State = Readonly<{ revision: number; extent: Extent }>;

async function partByState(
  { resources, policies, ownLists }: VulnerabilityUnit,
  compared: readonly Fresh[],
  { revision, extent }: State,
): Promise<Readonly<{ fresh: readonly Comparison[]; moved: readonly ResourceRef[] }>> {
  const known = await resources.lockKnown(compared.map(({ held }) => held));
  const last = new Map(known.map((one) => [resourceKey(one), one]));
  const { entries: allowed } = await ownLists.getAllowed();
  const rules = {
    image: withAllowed((await policies.get("image")).rules, allowed),
    host: withAllowed((await policies.get("host")).rules, allowed),
  };
  const fresh: Comparison[] = [];
  const moved: ResourceRef[] = [];
  for (const one of compared) {
    const before = last.get(resourceKey(one.held));
    const comparison =
      before === undefined
        ? null
        : toComparison(one, before, { revision, extent, rules: rules[one.held.resourceKind] });
    if (comparison === null) moved.push(one.held);
    else fresh.push(comparison);
  }
  return { fresh, moved };
}

/**
 * Null when the stored findings are of other packages, of newer advisories or decided by another rule, so that a part of
 * them cannot be exchanged.
 */
function toComparison(
  { held, found }: Fresh,
  before: LastComparison,
  { revision, extent, rules }: State & Pick<Comparison, "rules">,
): Comparison | null {
  if (before.contentHash !== held.contentHash || before.revision > revision) return null;
  const { resourceKind, resourceId, name, hosts, labels, contentHash } = held;
  const { osName, osEcosystem, packageCount } = before;
  const facts = {
    resourceKind,
    resourceId,
    resourceName: name,
    hostNames: hosts.map(({ hostname }) => hostname),
    labels,
    osName,
    osEcosystem,
    packageCount,
    contentHash,
    revision,
  };
  if (extent === "whole") return { facts, found, part: null, rules };
  const rule = findRule(rules, subjectOf(facts));
  if ((rule?.name ?? null) !== before.ruleName) return null;
  return { facts, found, part: { packages: new Set(held.packages.map(shownAs)), flaws: extent.flaws, before }, rules };
}
