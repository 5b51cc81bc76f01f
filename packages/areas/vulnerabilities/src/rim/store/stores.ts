import type { ProjectScope } from "@rampart/kernel";
import type { Tx } from "@rampart/database";
import type { VulnerabilityStores } from "../../ports.ts";
import type { AdvisoryCache } from "../advisory-cache.ts";
import { explorerStore } from "./explorer.ts";
import { findingStore } from "./findings.ts";
import { knowledgeStore } from "./knowledge.ts";
import { ownListStore } from "./own-lists.ts";
import { policyStore } from "./policies.ts";
import { progressStore } from "./progress.ts";
import { resourceStore } from "./resources.ts";
import { roundStore } from "./rounds.ts";
import { auditStore } from "./violations.ts";

export function vulnerabilityStores(
  tx: Tx,
  scope: ProjectScope,
  shared: Readonly<{ cache: AdvisoryCache; now(): Date }>,
): VulnerabilityStores {
  return {
    knowledge: knowledgeStore(tx, shared.cache),
    resources: resourceStore(tx, scope),
    findings: findingStore(tx, scope, shared.now),
    explorer: explorerStore(tx, scope),
    policies: policyStore(tx, scope),
    ownLists: ownListStore(tx, scope),
    violations: auditStore(tx, scope),
    progress: progressStore(tx, scope),
    rounds: roundStore(tx, scope),
  };
}
