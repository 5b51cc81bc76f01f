import { GetContainerChanges, PackageUseView } from "@rampart/inventory/contract";
import { projectProcedure, router } from "@rampart/rpc";
import { z } from "zod";
import { bindExplaining, bindIntelligence, bindVulnerabilities } from "../bind.ts";
import {
  AddBundleKey,
  AllowedCvesView,
  AuditPage,
  ComparisonStatus,
  CountFindings,
  CustomVulnerabilitiesView,
  CveExplanation,
  CveKnowledge,
  ExplainCve,
  ExplainedFinding,
  ExplainFinding,
  ExplorerTotals,
  FindCves,
  FindingCounts,
  FindingPage,
  GetPolicy,
  ImpactedPage,
  ImportAdvisories,
  ImportReport,
  IntelligenceSetup,
  IntelligenceStatus,
  JudgedInventory,
  ListAudits,
  ListFindings,
  ListImpactedResources,
  ListResourceSummaries,
  ListRiskiestResources,
  ListTopCves,
  LeftOut,
  Policy,
  PolicyPreview,
  PreviewPolicy,
  RemoveBundleKey,
  RemoveFeedLocation,
  ResourceRef,
  ResourceSummary,
  SaveAllowedCves,
  SaveCustomVulnerabilities,
  SaveFeedLocation,
  SavePolicy,
  TopCvePage,
} from "../contract.ts";
import * as verbs from "../index.ts";

const vulnerabilityProcedure = projectProcedure.use(({ ctx, next }) =>
  next({ ctx: { vulnerabilities: bindVulnerabilities(ctx.platform, ctx.scope, ctx.caller) } }),
);

/** For what belongs to the installation: advisories are the same for all projects. */
const intelligenceProcedure = projectProcedure.use(({ ctx, next }) =>
  next({ ctx: { intelligence: bindIntelligence(ctx.platform, ctx.caller) } }),
);

export const vulnerabilitiesRouter = router({
  listFindings: vulnerabilityProcedure
    .input(ListFindings)
    .output(FindingPage)
    .query(({ ctx, input }) => verbs.listFindings(ctx.vulnerabilities, input)),
  countFindings: vulnerabilityProcedure
    .input(CountFindings)
    .output(FindingCounts)
    .query(({ ctx, input }) => verbs.countFindings(ctx.vulnerabilities, input)),
  explainFinding: vulnerabilityProcedure
    .input(ExplainFinding)
    .output(ExplainedFinding)
    .query(({ ctx, input }) => verbs.explainFinding(ctx.vulnerabilities, input)),
  explainUse: projectProcedure
    .input(ExplainFinding)
    .output(PackageUseView)
    .query(({ ctx, input }) => verbs.explainUse(bindExplaining(ctx.platform, ctx.scope, ctx.caller), input)),
  explainCve: projectProcedure
    .input(ExplainCve)
    .output(CveExplanation)
    .query(({ ctx, input }) => verbs.explainCve(bindExplaining(ctx.platform, ctx.scope, ctx.caller), input)),
  listLeftOut: projectProcedure
    .input(ResourceRef)
    .output(z.array(LeftOut).readonly())
    .query(({ ctx, input }) => verbs.listLeftOut(bindExplaining(ctx.platform, ctx.scope, ctx.caller), input)),
  judgeContainerChanges: projectProcedure
    .input(GetContainerChanges)
    .output(JudgedInventory)
    .query(({ ctx, input }) => verbs.judgeContainerChanges(bindExplaining(ctx.platform, ctx.scope, ctx.caller), input)),
  listTopCves: vulnerabilityProcedure
    .input(ListTopCves)
    .output(TopCvePage)
    .query(({ ctx, input }) => verbs.listTopCves(ctx.vulnerabilities, input)),
  listImpacted: vulnerabilityProcedure
    .input(ListImpactedResources)
    .output(ImpactedPage)
    .query(({ ctx, input }) => verbs.listImpactedResources(ctx.vulnerabilities, input)),
  overview: vulnerabilityProcedure
    .output(ExplorerTotals)
    .query(({ ctx }) => verbs.getExplorerTotals(ctx.vulnerabilities)),
  listResourceSummaries: vulnerabilityProcedure
    .input(ListResourceSummaries)
    .output(z.array(ResourceSummary).readonly())
    .query(({ ctx, input }) => verbs.listResourceSummaries(ctx.vulnerabilities, input)),
  listRiskiestResources: vulnerabilityProcedure
    .input(ListRiskiestResources)
    .output(z.array(ResourceSummary).readonly())
    .query(({ ctx, input }) => verbs.listRiskiestResources(ctx.vulnerabilities, input)),
  getPolicy: vulnerabilityProcedure
    .input(GetPolicy)
    .output(Policy)
    .query(({ ctx, input }) => verbs.getPolicy(ctx.vulnerabilities, input)),
  savePolicy: vulnerabilityProcedure
    .input(SavePolicy)
    .output(Policy)
    .mutation(({ ctx, input }) => verbs.savePolicy(ctx.vulnerabilities, input)),
  previewPolicy: vulnerabilityProcedure
    .input(PreviewPolicy)
    .output(PolicyPreview)
    .query(({ ctx, input }) => verbs.previewPolicy(ctx.vulnerabilities, input)),
  listAudits: vulnerabilityProcedure
    .input(ListAudits)
    .output(AuditPage)
    .query(({ ctx, input }) => verbs.listAudits(ctx.vulnerabilities, input)),
  intelligence: vulnerabilityProcedure
    .output(IntelligenceStatus)
    .query(({ ctx }) => verbs.getIntelligenceStatus(ctx.vulnerabilities)),
  comparison: vulnerabilityProcedure
    .output(ComparisonStatus)
    .query(({ ctx }) => verbs.getComparison(ctx.vulnerabilities)),
  customVulnerabilities: vulnerabilityProcedure
    .output(CustomVulnerabilitiesView)
    .query(({ ctx }) => verbs.getCustomVulnerabilities(ctx.vulnerabilities)),
  saveCustomVulnerabilities: vulnerabilityProcedure
    .input(SaveCustomVulnerabilities)
    .output(CustomVulnerabilitiesView)
    .mutation(({ ctx, input }) => verbs.saveCustomVulnerabilities(ctx.vulnerabilities, input)),
  allowedCves: vulnerabilityProcedure
    .output(AllowedCvesView)
    .query(({ ctx }) => verbs.getAllowedCves(ctx.vulnerabilities)),
  saveAllowedCves: vulnerabilityProcedure
    .input(SaveAllowedCves)
    .output(AllowedCvesView)
    .mutation(({ ctx, input }) => verbs.saveAllowedCves(ctx.vulnerabilities, input)),
  findCves: vulnerabilityProcedure
    .input(FindCves)
    .output(z.array(CveKnowledge).readonly())
    .query(({ ctx, input }) => verbs.findCves(ctx.vulnerabilities, input)),
  importAdvisories: intelligenceProcedure
    .input(ImportAdvisories)
    .output(ImportReport)
    .mutation(({ ctx, input }) => verbs.importAdvisories(ctx.intelligence, input)),
  intelligenceSetup: intelligenceProcedure
    .output(IntelligenceSetup)
    .query(({ ctx }) => verbs.getIntelligenceSetup(ctx.intelligence)),
  saveFeedLocation: intelligenceProcedure
    .input(SaveFeedLocation)
    .mutation(({ ctx, input }) => verbs.saveFeedLocation(ctx.intelligence, input)),
  removeFeedLocation: intelligenceProcedure
    .input(RemoveFeedLocation)
    .mutation(({ ctx, input }) => verbs.removeFeedLocation(ctx.intelligence, input)),
  addBundleKey: intelligenceProcedure
    .input(AddBundleKey)
    .mutation(({ ctx, input }) => verbs.addBundleKey(ctx.intelligence, input)),
  removeBundleKey: intelligenceProcedure
    .input(RemoveBundleKey)
    .mutation(({ ctx, input }) => verbs.removeBundleKey(ctx.intelligence, input)),
});
