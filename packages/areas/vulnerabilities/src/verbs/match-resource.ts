import { listContentHashes, listResourcePackages } from "@rampart/inventory";
import { Outage, Refusal } from "@rampart/kernel";
import type { MatchResource, ResourceRef } from "../contract.ts";
import { osEcosystemOf } from "../core/os-ecosystem.ts";
import type { MatchingCtx } from "../ports.ts";
import { comparePackages } from "./compare-packages.ts";
import { forgetResource } from "./forget-resource.ts";
import { markUse } from "./mark-use.ts";
import { saveFindings, type Saved } from "./save-findings.ts";

type Packages = Awaited<ReturnType<typeof listResourcePackages>>;

/** How often a resource is compared anew because packages, advisories or rules changed in the meantime. */
const triesMax = 5;

/**
 * Compares the packages of a resource with the advisories and stores what was found. Doing it twice changes nothing.
 * Whoever changes packages, advisories or rules afterwards finds the stored comparison and renews it; what changed
 * before it was stored is seen here, after the commit, and compared again.
 */
export async function matchResource(ctx: MatchingCtx, asked: MatchResource): Promise<void> {
  ctx.require("vulnerabilities.write");
  const resource = { resourceKind: asked.resourceKind, resourceId: asked.resourceId };
  for (let tries = 0; tries < triesMax; tries += 1) {
    const recorded = await findPackages(ctx, resource);
    const saved = recorded === null ? null : await compareAndSave(ctx, recorded);
    if (recorded === null) await forgetResource(ctx, resource);
    if (await isStillTrue(ctx, resource, recorded, saved)) return markUse(ctx, [resource], "all");
  }
  throw new Outage("matching", new Error(`packages, advisories or rules of ${resource.resourceId} keep changing`));
}

/** Null when the resource was removed while its job waited. */
async function findPackages(ctx: MatchingCtx, resource: ResourceRef): Promise<Packages | null> {
  try {
    return await listResourcePackages(ctx.inventory, resource);
  } catch (error) {
    if (error instanceof Refusal && error.kind === "not-found") return null;
    throw error;
  }
}

async function compareAndSave(ctx: MatchingCtx, recorded: Packages): Promise<Saved> {
  ctx.require("vulnerabilities.write");
  const { revision, resources } = await comparePackages(ctx, [recorded]);
  const found = resources.flatMap((one) => one.found);
  const facts = {
    resourceKind: recorded.resourceKind,
    resourceId: recorded.resourceId,
    resourceName: recorded.name,
    hostNames: recorded.hosts.map(({ hostname }) => hostname),
    labels: recorded.labels,
    osName: recorded.os?.name ?? null,
    osEcosystem: osEcosystemOf(recorded),
    packageCount: recorded.packages.length,
    contentHash: recorded.contentHash,
    revision,
  };
  // Matches are shared by many resources: adding them first keeps the unit below short.
  // oxlint-disable-next-line rampart/write-verb-audits -- a comparison is no act of administration
  await ctx.unit(({ findings: store }) =>
    store.addMatches(
      found.map(({ match }) => match),
      revision,
    ),
  );
  return saveFindings(ctx, { facts, found });
}

/** Whether what was stored still rests on the packages, advisories and rules of now. */
async function isStillTrue(
  ctx: MatchingCtx,
  resource: ResourceRef,
  recorded: Packages | null,
  saved: Saved | null,
): Promise<boolean> {
  ctx.require("vulnerabilities.read");
  const [now] = await listContentHashes(ctx.inventory, [resource]);
  if (recorded === null || saved === null) return now === undefined;
  if (saved.isStale || now === undefined || now.contentHash !== recorded.contentHash) return false;
  return ctx.read(async ({ knowledge, policies }) => {
    const policy = await policies.get(resource.resourceKind);
    return policy.revision === saved.policyRevision && (await knowledge.revision()) === saved.revision;
  });
}
