import { listResourcePackages } from "@rampart/inventory";
import { isSupportedEcosystem } from "@rampart/inspection/contract";
import { Refusal } from "@rampart/kernel";
import type { MatchResource, ResourceRef } from "../contract.ts";
import { matchInventory } from "../core/match-inventory.ts";
import { comparedAs, keyText } from "../core/package-key.ts";
import type { FoundFinding } from "../core/plan-findings.ts";
import { toFindings } from "../core/to-findings.ts";
import type { MatchingCtx } from "../ports.ts";
import { forgetResource } from "./forget-resource.ts";
import { saveFindings } from "./save-findings.ts";

type Packages = Awaited<ReturnType<typeof listResourcePackages>>;

/** Compares the packages of a resource with the advisories and stores what was found. Doing it twice changes nothing. */
export async function matchResource(ctx: MatchingCtx, asked: MatchResource): Promise<void> {
  ctx.require("vulnerabilities.write");
  const resource = { resourceKind: asked.resourceKind, resourceId: asked.resourceId };
  const recorded = await findPackages(ctx, resource);
  if (recorded === null) return forgetResource(ctx, resource);
  const { revision, findings } = await compare(ctx, recorded);
  const facts = {
    ...resource,
    resourceName: recorded.name,
    hostNames: recorded.hosts.map(({ hostname }) => hostname),
    labels: recorded.labels,
    osName: recorded.os?.name ?? null,
    unsupportedOs: isUnsupported(recorded),
    packageCount: recorded.packages.length,
    contentHash: recorded.contentHash,
    revision,
  };
  // Matches are shared by many resources and never change: adding them first keeps the unit below short.
  // oxlint-disable-next-line rampart/write-verb-audits -- a comparison is no act of administration
  await ctx.unit(({ findings: store }) => store.addMatches(findings.map(({ match }) => match)));
  await saveFindings(ctx, facts, findings);
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

async function compare(
  ctx: MatchingCtx,
  recorded: Packages,
): Promise<{ revision: number; findings: readonly FoundFinding[] }> {
  ctx.require("vulnerabilities.read");
  const { packages } = recorded;
  return ctx.read(async ({ knowledge }) => {
    const revision = await knowledge.revision();
    const known = await knowledge.lookUp(packages.filter(({ ownedByOs }) => !ownedByOs).map(comparedAs));
    const matched = matchInventory(packages, (key) => known.get(keyText(key)) ?? []);
    const cves = new Set(matched.flatMap(({ matches }) => matches.map(({ cve }) => cve)));
    const facts = await knowledge.listFacts([...cves]);
    const resource = { resourceKind: recorded.resourceKind, resourceId: recorded.resourceId };
    return { revision, findings: toFindings(matched, { resource, facts, now: ctx.clock.now(), idOf: ctx.idOf }) };
  });
}

/** System packages without a supported distribution: their silence must not look like an all-clear. */
function isUnsupported({ os, packages }: Packages): boolean {
  const hasSystemPackages = packages.some(({ kind }) => kind === "os");
  if (os === null) return hasSystemPackages && packages.some(({ ecosystem }) => !isSupportedEcosystem(ecosystem));
  return os.ecosystem === null || !isSupportedEcosystem(os.ecosystem);
}
