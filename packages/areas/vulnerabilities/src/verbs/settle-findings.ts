import type { FindingPlan } from "../core/plan-findings.ts";
import { refOf } from "../core/resource-ref.ts";
import { tallyCves } from "../core/tally-cves.ts";
import type { VulnerabilityCtx, VulnerabilityUnit } from "../ports.ts";
import { planComparisons, type Comparison } from "./plan-comparisons.ts";
import { reportViolations } from "./report-violations.ts";

/**
 * Brings stored findings in line with what was found on locked resources, lets the policy decide, and says what is new:
 * a fixed number of statements, however many resources there are.
 */
export async function settleFindings(
  ctx: VulnerabilityCtx,
  unit: VulnerabilityUnit,
  { comparisons, revision }: Readonly<{ comparisons: readonly Comparison[]; revision: number }>,
): Promise<void> {
  const planned = await planComparisons(ctx, unit.findings, comparisons);
  const changed = planned.filter(({ plan }, index) => comparisons[index]?.part === null || isChange(plan));
  if (changed.length === 0) return;
  await unit.findings.apply(changed.map(({ compared, plan }) => ({ resource: refOf(compared), plan })));
  await unit.resources.save(changed.map(({ compared }) => compared));
  await reportViolations(ctx, unit, changed);
  const resources = changed.map(({ compared }) => ({ ...refOf(compared), counts: compared.counts }));
  await unit.facts.append({ type: "vulnerabilities.resource-matched", payload: { resources } });
  const tallied = changed.map(({ compared, plan, found }) => ({ resourceKind: compared.resourceKind, plan, found }));
  await unit.explorer.recount(tallyCves(tallied), revision);
}

const isChange = ({ write, removeIds }: FindingPlan): boolean => write.length + removeIds.length > 0;
