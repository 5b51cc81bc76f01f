import type { Caller } from "@rampart/kernel";
import { handle, subscribe, type Handler, type Subscription } from "@rampart/queue";
import { bindIntelligence, bindMatching, type VulnerabilityPlatform } from "../bind.ts";
import {
  forgetResourceJob,
  importAdvisoriesJob,
  markUseJob,
  matchResourceJob,
  reapplyPolicyJob,
  rematchJob,
} from "../contract.ts";
import { importAdvisories } from "../verbs/import-advisories.ts";
import { ensureFeedFolder } from "../verbs/ensure-feed-folder.ts";
import { loadStarter } from "../verbs/load-starter.ts";
import { markUse } from "../verbs/mark-use.ts";
import { matchResource } from "../verbs/match-resource.ts";
import { refreshLocations, type RefreshOutcome } from "../verbs/refresh-locations.ts";
import { reapplyPolicy } from "../verbs/reapply-policy.ts";
import { rematch } from "../verbs/rematch.ts";

const importCaller: Caller = {
  kind: "job",
  id: importAdvisoriesJob.name,
  name: importAdvisoriesJob.name,
  permissions: new Set(["operations.write"]),
};

/** Who hears which fact. */
export const vulnerabilitySubscriptions: readonly Subscription[] = [
  subscribe("inventory.resource-recorded", matchResourceJob),
  subscribe("inventory.resource-removed", forgetResourceJob),
  subscribe("inventory.use-recorded", markUseJob),
  // What a round could not compare is tried again by itself, and parked with its reason when it never succeeds.
  subscribe("vulnerabilities.match-failed", matchResourceJob),
  subscribe("vulnerabilities.advisories-changed", rematchJob),
  subscribe("vulnerabilities.policy-changed", reapplyPolicyJob),
];

/** The jobs of this area, for the lanes that run them. */
export const vulnerabilityJobs = (platform: VulnerabilityPlatform): readonly Handler[] => [
  handle(matchResourceJob, (scope, payload) => matchResource(bindMatching(platform, scope), payload)),
  // A removal that comes late must not take the findings of an image that is there again; comparing looks.
  handle(forgetResourceJob, (scope, payload) => matchResource(bindMatching(platform, scope), payload)),
  handle(markUseJob, (scope, payload) => markUse(bindMatching(platform, scope), [payload], "all")),
  handle(rematchJob, (scope, payload) => rematch(bindMatching(platform, scope), payload)),
  handle(reapplyPolicyJob, (scope, payload) => reapplyPolicy(bindMatching(platform, scope), payload)),
  handle(importAdvisoriesJob, async (_scope, payload) => {
    await importAdvisories(bindIntelligence(platform, importCaller), payload);
  }),
];

/** Looks at every location whose time has come; one whose time was set to now by a person is among them. */
export function lookAtLocations(platform: VulnerabilityPlatform): Promise<readonly RefreshOutcome[]> {
  return refreshLocations(bindIntelligence(platform, importCaller));
}

/**
 * What the lane does at its start and from time to time: the built-in set, then every location whose time has come. The
 * folder of the process is one of them; it costs one read an hour while nothing changes.
 */
export async function refreshIntelligence(
  platform: VulnerabilityPlatform,
  folder: string | null,
): Promise<readonly RefreshOutcome[]> {
  const ctx = bindIntelligence(platform, importCaller);
  await loadStarter(ctx);
  if (folder !== null) await ensureFeedFolder(ctx, folder);
  const outcomes = await refreshLocations(ctx);
  // A project that was never told about a revision, because a process died in between, is told now.
  await ctx.announce(await ctx.unit(({ sources }) => sources.getRevision()));
  return outcomes;
}
