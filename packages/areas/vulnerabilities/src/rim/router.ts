import { projectProcedure, router } from "@rampart/rpc";
import { z } from "zod";
import { bindIntelligence, bindVulnerabilities } from "../bind.ts";
import {
  AuditPage,
  ComparisonStatus,
  CountFindings,
  CveKnowledge,
  ExplainFinding,
  ExplorerTotals,
  FindCves,
  FindingCounts,
  FindingDetail,
  FindingPage,
  GetPolicy,
  ImpactedPage,
  ImportAdvisories,
  ImportReport,
  IntelligenceStatus,
  ListAudits,
  ListFindings,
  ListImpactedResources,
  ListResourceSummaries,
  ListRiskiestResources,
  ListTopCves,
  Policy,
  PolicyPreview,
  PreviewPolicy,
  ResourceSummary,
  SavePolicy,
  TopCvePage,
} from "../contract.ts";
import * as verbs from "../index.ts";

const vulnerabilityProcedure = projectProcedure.use(({ ctx, next }) =>
  next({ ctx: { vulnerabilities: bindVulnerabilities(ctx.platform, ctx.scope, ctx.caller) } }),
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
    .output(FindingDetail)
    .query(({ ctx, input }) => verbs.explainFinding(ctx.vulnerabilities, input)),
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
  findCves: vulnerabilityProcedure
    .input(FindCves)
    .output(z.array(CveKnowledge).readonly())
    .query(({ ctx, input }) => verbs.findCves(ctx.vulnerabilities, input)),
  importAdvisories: vulnerabilityProcedure
    .input(ImportAdvisories)
    .output(ImportReport)
    .mutation(({ ctx, input }) => verbs.importAdvisories(bindIntelligence(ctx.platform, ctx.caller), input)),
});
