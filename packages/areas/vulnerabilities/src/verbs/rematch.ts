import { findResourcesWithPackages, resourcesFoundMax } from "@rampart/inventory";
import type { AdvisoriesChanged, ResourceRef } from "../contract.ts";
import type { MatchingCtx, VulnerabilityCtx } from "../ports.ts";
import { matchResource } from "./match-resource.ts";

/** Resources compared by one job; a longer round goes on in the next, so that other projects get their turn. */
export const rematchBatchMax = 200;
/** More changed packages or CVEs than this, and the whole project is compared. Half of what one look-up may name. */
const changesMax = 2_500;

type Step = NonNullable<AdvisoriesChanged["after"]>["step"];
type Round = Readonly<{ step: Step; after: ResourceRef | null }>;

/**
 * Compares again whatever has a package about which the advisories now say something else. No Defender takes part:
 * the stored inventory is enough. The round is complete when the project's progress has reached the revision.
 */
export async function rematch(ctx: MatchingCtx, asked: AdvisoriesChanged): Promise<void> {
  ctx.require("vulnerabilities.write");
  const done = await ctx.read(({ progress }) => progress.get());
  if (done >= asked.revision) return;
  const changes = await ctx.read(({ knowledge }) => knowledge.listChanges(done, asked.revision));
  const tooMany = changes === null || changes.packages.length > changesMax || changes.cves.length > changesMax;
  const first: Round = { step: tooMany ? "all" : "packages", after: null };
  const round: Round = asked.after === undefined ? first : { step: asked.after.step, after: asked.after.resource };
  const resources = await nextResources(ctx, round, changes ?? { packages: [], cves: [] });
  for (const resource of resources) await matchResource(ctx, resource);
  await goOn(ctx, asked.revision, followingRound(round, resources));
}

type Changes = Readonly<{
  packages: readonly Readonly<{ ecosystem: string; name: string }>[];
  cves: readonly string[];
}>;

async function nextResources(
  ctx: MatchingCtx,
  { step, after }: Round,
  { packages, cves }: Changes,
): Promise<readonly ResourceRef[]> {
  ctx.require("vulnerabilities.read");
  if (step === "all") return ctx.read(({ resources }) => resources.listSubjects(undefined, after, rematchBatchMax));
  if (step === "cves") return ctx.read(({ findings }) => findings.listResourcesWithCves(cves, after, rematchBatchMax));
  const names = packages.flatMap(asInventoried);
  const found = await findResourcesWithPackages(ctx.inventory, names, after ?? undefined);
  return found.slice(0, Math.min(rematchBatchMax, resourcesFoundMax));
}

/** Inventories may write `Ubuntu:22.04` with or without the mark of a long-term release. */
function asInventoried(
  key: Readonly<{ ecosystem: string; name: string }>,
): readonly Readonly<{ ecosystem: string; name: string }>[] {
  return key.ecosystem.startsWith("Ubuntu:") ? [key, { ...key, ecosystem: `${key.ecosystem}:LTS` }] : [key];
}

/** The next batch of the same step, the next step, or null at the end. */
function followingRound({ step }: Round, resources: readonly ResourceRef[]): Round | null {
  const last = resources.at(-1);
  if (resources.length === rematchBatchMax && last !== undefined) {
    return { step, after: { resourceKind: last.resourceKind, resourceId: last.resourceId } };
  }
  return step === "packages" ? { step: "cves", after: null } : null;
}

async function goOn(ctx: VulnerabilityCtx, revision: number, next: Round | null): Promise<void> {
  ctx.require("vulnerabilities.write");
  // oxlint-disable-next-line rampart/write-verb-audits -- a comparison is no act of administration
  await ctx.unit(async ({ progress, facts }) => {
    if (next === null) return progress.save(revision, ctx.clock.now());
    const payload = { revision, after: { step: next.step, resource: next.after } };
    await facts.append({ type: "vulnerabilities.advisories-changed", payload });
  });
}
