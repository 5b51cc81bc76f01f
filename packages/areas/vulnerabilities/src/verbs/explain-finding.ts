import { PackageKind } from "@rampart/inspection/contract";
import { Refusal } from "@rampart/kernel";
import type { ExplainedFinding, ExplainFinding, FindingDetail } from "../contract.ts";
import { explainMatch } from "../core/explain-match.ts";
import { comparedAs, keyText } from "../core/package-key.ts";
import type { VulnerabilityCtx } from "../ports.ts";

/** A finding with its evidence, the addends of its risk score, and what each record of today says about it. */
export async function explainFinding(ctx: VulnerabilityCtx, asked: ExplainFinding): Promise<ExplainedFinding> {
  ctx.require("vulnerabilities.read");
  return ctx.read(async ({ findings, knowledge }) => {
    const finding = await findings.find(asked.findingId);
    if (finding === null) {
      throw new Refusal(
        "not-found",
        "vulnerabilities.finding.not-found",
        `There is no finding "${asked.findingId}" in this project.`,
      );
    }
    const found = packageOf(finding);
    const known = await knowledge.lookUp([comparedAs(found)]);
    return { ...finding, explanation: explainMatch(found, finding.cve, (key) => known.get(keyText(key)) ?? []) };
  });
}

/** The package as it was compared: findings of a distribution carry name and version of the source. */
function packageOf({ packageName, packageVersion, packageKind, ecosystem, purl }: FindingDetail) {
  const kind = PackageKind.catch("binary").parse(packageKind);
  return { name: packageName, version: packageVersion, kind, ecosystem, purl: purl ?? "" };
}
