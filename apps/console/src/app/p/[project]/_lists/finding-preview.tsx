import type { PackageUseView } from "@rampart/inventory/contract";
import { Badge } from "@rampart/ui/badge";
import { Button } from "@rampart/ui/button";
import { formatChance } from "@rampart/ui/core/format";
import { KeyValue } from "@rampart/ui/key-value";
import { PreviewSheet } from "@rampart/ui/preview-sheet";
import { RelativeTime } from "@rampart/ui/relative-time";
import { SeverityBadge } from "@rampart/ui/severity-badge";
import type { ExplainedFinding } from "@rampart/vulnerabilities/contract";
import Link from "next/link";
import { isUuid } from "#shell/list-search.ts";
import type { OpenProject } from "#shell/open-project.ts";
import { ExplainedRecords } from "./explained-records.tsx";
import { noneWhenGone } from "./image-preview.tsx";
import { PackageUse } from "./package-use.tsx";
import { VerdictWord } from "./summary-cells.tsx";

/** One finding with the chain of facts that leads to it. */
export async function FindingPreview({ open, id }: Readonly<{ open: OpenProject; id: string }>) {
  if (!isUuid(id)) return null;
  const finding = await open.api.vulnerabilities
    .explainFinding({ project: open.project, findingId: id })
    .catch(noneWhenGone);
  if (finding === null) return null;
  const use = open.can("inventory.read")
    ? await open.api.vulnerabilities.explainUse({ project: open.project, findingId: id }).catch(noneWhenGone)
    : null;
  return (
    <PreviewSheet title={finding.cve}>
      <div className="grid gap-5">
        <div className="flex flex-wrap gap-1.5">
          <SeverityBadge severity={finding.severity} />
          {finding.knownExploited && <Badge tone="bad">exploited in the wild</Badge>}
          {finding.proofs > 0 && <Badge tone="warn">proof of concept</Badge>}
        </div>
        {finding.summary !== "" && <p className="text-sm">{finding.summary}</p>}
        <KeyValue facts={factsOf(finding, use)} />
        <ExplainedRecords title="Why is this a finding?" explanation={finding.explanation} />
        <RiskTerms finding={finding} />
        <div className="flex gap-2">
          <Button asChild kind="primary">
            <Link href={`${open.base}/vulnerabilities/explorer/${encodeURIComponent(finding.cve)}`}>
              Where else is it
            </Link>
          </Button>
          {finding.link !== null && (
            <Button asChild>
              <a href={finding.link} rel="noreferrer" target="_blank">
                Advisory
              </a>
            </Button>
          )}
        </div>
      </div>
    </PreviewSheet>
  );
}

function factsOf(finding: ExplainedFinding, use: PackageUseView | null): Parameters<typeof KeyValue>[0]["facts"] {
  return [
    ["Package", `${finding.packageName} ${finding.packageVersion}`],
    ["Fixed in", finding.fixVersion ?? (finding.status === "" ? "no fix known" : finding.status)],
    ...(use === null ? [] : [["In use", <PackageUse key="use" use={use} />] as const]),
    ["Policy", <VerdictWord key="verdict" effect={finding.effect} />],
    ["Decided by", finding.ruleName ?? "no rule fits"],
    ...(finding.graceDaysLeft === null ? [] : [["Grace", graceText(finding.graceDaysLeft)] as const]),
    [
      "CVSS",
      finding.cvss === null
        ? "not scored"
        : `${finding.cvss.toFixed(1)}${finding.cvssVector === null ? "" : ` (${finding.cvssVector})`}`,
    ],
    [
      "EPSS",
      finding.epss === null ? "not rated" : `${formatChance(finding.epss)} chance of exploitation within 30 days`,
    ],
    ["Graded by", finding.severitySource],
    ...(finding.path === null ? [] : [["Path", finding.path] as const]),
    ["Published", <RelativeTime key="published" at={finding.publishedAt} missing="unknown" />],
    ["Found", <RelativeTime key="found" at={finding.firstSeenAt} />],
  ];
}

function graceText(days: number): string {
  return days < 0 ? `over since ${-days} days` : `${days} days left`;
}

function RiskTerms({ finding }: Readonly<{ finding: ExplainedFinding }>) {
  return (
    <section className="grid gap-2">
      <h3 className="text-sm font-semibold">Risk {finding.riskScore.toFixed(0)} of 100</h3>
      <dl className="grid grid-cols-[1fr_auto] gap-x-4 gap-y-1 text-sm">
        {finding.riskTerms.map(({ term, points }) => (
          <div key={term} className="contents">
            <dt className="text-ink-muted">{term}</dt>
            <dd className="text-right">{points > 0 ? `+${points}` : points}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
