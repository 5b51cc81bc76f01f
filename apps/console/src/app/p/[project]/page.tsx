import { Card } from "@rampart/ui/card";
import { EmptyState } from "@rampart/ui/empty-state";
import { PageHeader } from "@rampart/ui/page-header";
import { SeverityBars } from "@rampart/ui/stacked-bars";
import type { Metadata } from "next";
import Link from "next/link";
import { answered, permitted } from "#shell/answered.ts";
import { Live } from "#shell/live.tsx";
import { openProject } from "#shell/open-project.ts";
import { AuditTrail } from "./_lists/audit-trail.tsx";
import { DecisionList } from "./_overview/decision-list.tsx";
import { DefenderStates } from "./_overview/defender-states.tsx";
import { RiskiestList } from "./_overview/riskiest-list.tsx";
import { TopCveList } from "./_overview/top-cve-list.tsx";
import { toCves, toWorst } from "./_lists/severity-links.ts";
import { toDecisions } from "./_overview/to-decisions.ts";

export const metadata: Metadata = { title: "Overview" };

const rankedShown = 6;
const changesShown = 5;

type Props = Readonly<{ params: Promise<{ project: string }> }>;

export default async function OverviewPage({ params }: Props) {
  const { api, project, base, name, can } = await openProject((await params).project);
  const [totals, top, riskiest, audits, defenders, intelligence, channels] = await Promise.all([
    answered(api.vulnerabilities.overview({ project })),
    answered(api.vulnerabilities.listTopCves({ project, limit: rankedShown })),
    answered(api.vulnerabilities.listRiskiestResources({ project, limit: rankedShown })),
    answered(api.vulnerabilities.listAudits({ project, limit: changesShown })),
    permitted(api.fleet.countDefenders({ project })),
    answered(api.vulnerabilities.intelligence({ project })),
    permitted(api.alerts.listChannels({ project })),
  ]);
  const decisions = toDecisions({ totals, defenders, intelligence, channels, base });
  return (
    <>
      <Live project={project} topics={["inventory.resource", "vulnerabilities.", "fleet.", "alerts."]} />
      <PageHeader title="Overview" summary={name} />
      <div className="grid items-start gap-4 lg:grid-cols-3">
        <Card title="Needs a decision" className="lg:col-span-2" flush>
          <DecisionList decisions={decisions} />
        </Card>
        <Card title="Defenders">
          <DefenderStates states={defenders} base={base} mayEnrol={can("fleet.write")} />
        </Card>
        <Card title="Distinct CVEs">
          <SeverityBars counts={totals.cves} label="Distinct CVEs by severity" href={toCves(base)} />
        </Card>
        <Card title="Images, by their worst finding">
          <SeverityBars counts={totals.impactedImages} label="Images by worst finding" href={toWorst(base, "images")} />
        </Card>
        <Card title="Hosts, by their worst finding">
          <SeverityBars counts={totals.impactedHosts} label="Hosts by worst finding" href={toWorst(base, "hosts")} />
        </Card>
        <Card
          title="CVEs to look at first"
          flush
          aside={<More href={`${base}/vulnerabilities/explorer`} label="All CVEs" />}
          className="lg:col-span-2"
        >
          <TopCveList rows={top.rows} base={base} />
        </Card>
        <Card
          title="Resources at risk"
          flush
          aside={<More href={`${base}/vulnerabilities/images`} label="All images" />}
        >
          <RiskiestList rows={riskiest} base={base} />
        </Card>
        <Card title="What changed" className="lg:col-span-3" flush>
          {audits.rows.length === 0 ? (
            <EmptyState compact title="The policy has not objected to anything so far" />
          ) : (
            <AuditTrail audits={audits.rows} base={base} />
          )}
        </Card>
      </div>
    </>
  );
}

function More({ href, label }: Readonly<{ href: string; label: string }>) {
  return (
    <Link href={href} className="text-sm text-accent hover:underline">
      {label}
    </Link>
  );
}
