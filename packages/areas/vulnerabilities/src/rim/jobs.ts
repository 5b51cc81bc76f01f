import type { Caller } from "@rampart/kernel";
import { handle, subscribe, type Handler, type Subscription } from "@rampart/queue";
import { bindIntelligence, bindMatching, type VulnerabilityPlatform } from "../bind.ts";
import {
  forgetResourceJob,
  importAdvisoriesJob,
  matchResourceJob,
  reapplyPolicyJob,
  rematchJob,
  type ImportReport,
} from "../contract.ts";
import { importAdvisories } from "../verbs/import-advisories.ts";
import { loadStarter } from "../verbs/load-starter.ts";
import { matchResource } from "../verbs/match-resource.ts";
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
  handle(rematchJob, (scope, payload) => rematch(bindMatching(platform, scope), payload)),
  handle(reapplyPolicyJob, (scope, payload) => reapplyPolicy(bindMatching(platform, scope), payload)),
  handle(importAdvisoriesJob, async (_scope, payload) => {
    await importAdvisories(bindIntelligence(platform, importCaller), payload);
  }),
];

/** What the lane does at its start and from time to time: the built-in set, then the folder if there is one. */
export async function refreshIntelligence(
  platform: VulnerabilityPlatform,
  location: string | null,
): Promise<ImportReport> {
  const ctx = bindIntelligence(platform, importCaller);
  await loadStarter(ctx);
  if (location !== null) return importAdvisories(ctx, { location, force: false });
  const revision = await ctx.unit(({ sources }) => sources.getRevision());
  await ctx.announce(revision);
  return { revision, files: [] };
}
