import { defineJob } from "@rampart/queue/jobs";
import { z } from "zod";
import { AdvisoriesChanged, PolicyChanged } from "./facts.ts";
import { ImportAdvisories } from "./intelligence.ts";
import { ResourceId, ResourceKind, ResourceRef } from "./resource.ts";

/** The payload of `inventory.resource-recorded`: packages of this resource are new or changed. */
export const MatchResource = z.object({
  resourceKind: ResourceKind,
  resourceId: ResourceId,
  contentHash: z.string().max(128).optional(),
});
export type MatchResource = z.infer<typeof MatchResource>;

export const matchResourceJob = defineJob({
  name: "vulnerabilities.match-resource",
  lane: "scanning",
  payload: MatchResource,
  attempts: 5,
});

/** After an import: compare again whatever has one of the changed packages, in this project. */
export const rematchJob = defineJob({
  name: "vulnerabilities.rematch",
  lane: "intelligence",
  payload: AdvisoriesChanged,
  attempts: 5,
});

/** After a change of the rules: decide stored findings anew, in this project. */
export const reapplyPolicyJob = defineJob({
  name: "vulnerabilities.reapply-policy",
  lane: "scanning",
  payload: PolicyChanged,
  attempts: 5,
  key: ({ policy, revision, after }) => [policy, revision, after].join("-"),
});

export const importAdvisoriesJob = defineJob({
  name: "vulnerabilities.import-advisories",
  lane: "intelligence",
  payload: ImportAdvisories,
  attempts: 3,
});

/** The payload of `inventory.resource-removed`: nobody has the resource any more. */
export const forgetResourceJob = defineJob({
  name: "vulnerabilities.forget-resource",
  lane: "scanning",
  payload: ResourceRef,
  attempts: 5,
});

/** The payload of `inventory.use-recorded`: what processes use of a resource has changed. */
export const markUseJob = defineJob({
  name: "vulnerabilities.mark-use",
  lane: "scanning",
  payload: ResourceRef,
  attempts: 5,
});
